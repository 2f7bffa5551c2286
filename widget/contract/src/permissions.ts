import type { meeting } from './meeting.ts';
import type { Platform } from './platform.ts';

/**
 * Who may call what, decided for every row and proved row by row. An actor belongs to the company of what the call is about;
 * somebody of another company is refused whatever the table says, unless the call is about nothing that has an owner.
 *
 * - `stranger`: no sign, nobody logged in (the platform's own page before login)
 * - `app`: a back end or page with a valid sign and nobody logged in
 * - `user`: logged in, but neither member nor owner of what the call is about
 * - `member`: of the room, invited to the appointment, or of the room that was recorded; of an account: a colleague
 * - `owner`: of the room, the appointment or the recording; for an account: oneself
 * - `companyAdmin`, `platformAdmin`: level 2 and 1
 */
export const actors = ['stranger', 'app', 'user', 'member', 'owner', 'companyAdmin', 'platformAdmin'] as const;
export type Actor = (typeof actors)[number];

/**
 * What a decision is about. Rooms, appointments and recordings are private ones unless the case says otherwise. `code`: an
 * appointment whose invite code the caller knows; whoever has it is invited, of whatever company. `meeting`: whoever
 * calls is in it, on this connection.
 */
export type Subject = 'nothing' | 'company' | 'room' | 'appointment' | 'code' | 'recording' | 'account' | 'meeting';

export type Decision = { about: Subject; may: readonly Actor[] };
/** `cases`: inputs for which another decision holds. `note`: what holds besides. */
export type Permission = Decision & { cases?: Readonly<Record<string, Decision>>; note?: string };

/** Everybody from this actor on, in the order of {@link actors}. */
const from = (first: Actor, about: Subject): Decision => ({ about, may: actors.slice(actors.indexOf(first)) });
const nobody = (about: Subject): Decision => ({ about, may: [] });
const anybody = from('stranger', 'nothing');
const takingPart = from('stranger', 'meeting');
const membersOrEverybody = { ...from('member', 'room'), cases: { 'a public room': from('stranger', 'room') } };
const membersOrEveryUser = { ...from('member', 'room'), cases: { 'a public room': from('user', 'room') } };
const signNote =
  'with a valid sign; an administrator only with the app’s secret as `appkey`, or confirmed by its call-back';
const notLevel5 = 'not those who may only attend (level 5)';

/** One decision for each row: a row without one does not compile. */
export const permissions = {
  'session.hello': anybody,
  'session.ping': anybody,
  'session.renewSign': {
    ...from('app', 'nothing'),
    note: 'on a connection that was opened with a sign of the same app',
  },
  'account.login': anybody,
  'account.logout': { ...anybody, note: 'oneself only' },
  'account.dockingLogin': { ...anybody, note: signNote },
  'account.dotokenLogin': { ...anybody, note: signNote },
  'account.modifyPassword': { about: 'account', may: ['owner'], note: 'with the old password' },
  'account.resetPassword': {
    ...from('companyAdmin', 'account'),
    cases: { 'of an administrator of the platform': from('platformAdmin', 'account') },
    note: 'not one’s own',
  },
  'room.getRoomById': membersOrEverybody,
  'room.createRoom': { ...from('user', 'nothing'), note: notLevel5 },
  'room.updateRoom': from('owner', 'room'),
  'room.deleteRoom': from('owner', 'room'),
  'room.newTempRoom': { ...from('app', 'nothing'), note: notLevel5 },
  'room.newAppRoom': { ...from('app', 'nothing'), note: notLevel5 },
  'room.modifyRoomPwd': from('owner', 'room'),
  'room.checkRoomPwd': membersOrEverybody,
  'room.checkRoomHasPwd': membersOrEverybody,
  'room.addRoomMan': from('owner', 'room'),
  'room.deleteRoomMen': from('owner', 'room'),
  'room.queryRoomMen': membersOrEveryUser,
  'room.queryMyRooms': {
    ...from('user', 'nothing'),
    cases: { 'finds a private room': { about: 'room', may: ['member', 'owner'] } },
    note: 'one’s own list',
  },
  'room.checkActiveRoom': membersOrEverybody,
  'appointment.createAppointment': {
    ...from('user', 'nothing'),
    cases: { 'with `roomId`': from('owner', 'room') },
    note: notLevel5,
  },
  'appointment.queryAppointmentById': from('member', 'appointment'),
  'appointment.updateAppointment': from('owner', 'appointment'),
  'appointment.deleteAppointment': from('owner', 'appointment'),
  'appointment.queryAppointments': {
    ...from('user', 'nothing'),
    cases: { 'finds an appointment': { about: 'appointment', may: ['member', 'owner'] } },
    note: 'one’s own list',
  },
  'appointment.getRoomByInviteCode': {
    ...from('stranger', 'code'),
    cases: {
      'by id': from('member', 'appointment'),
      'by id, a public one': from('stranger', 'appointment'),
    },
    note: 'on a page of another company’s app: nobody',
  },
  'appointment.queryAppointmentsByRoomId': {
    ...from('member', 'room'),
    cases: {
      'a public room': from('user', 'room'),
      'finds a private appointment in a public room': from('member', 'appointment'),
    },
  },
  'appointment.instantAppointment': { ...from('user', 'nothing'), note: notLevel5 },
  'meeting.new': { ...from('user', 'nothing'), cases: { 'with `roomId`': from('owner', 'room') }, note: notLevel5 },
  'user.searchUserByOrgId': from('user', 'company'),
  'user.addUser': {
    ...from('companyAdmin', 'company'),
    cases: { 'of level 1': from('platformAdmin', 'company') },
  },
  'user.modifyUser': {
    ...from('owner', 'account'),
    cases: {
      'the level': from('companyAdmin', 'account'),
      'of an administrator of the platform': { about: 'account', may: ['owner', 'platformAdmin'] },
    },
    note: 'nobody one’s own level',
  },
  'user.deleteUser': {
    ...from('companyAdmin', 'account'),
    cases: { 'an administrator of the platform': from('platformAdmin', 'account') },
    note: 'not oneself',
  },
  'record.getRecordByRange': {
    ...from('user', 'company'),
    cases: { 'finds a recording': from('member', 'recording') },
  },
  'record.deleteRecords': from('owner', 'recording'),
  'media.getMediaState': {
    ...from('user', 'nothing'),
    note: 'counts one’s own company; all for an administrator of the platform',
  },
  'meeting.enter': membersOrEverybody,
  'meeting.exit': { ...anybody, note: 'oneself only' },
  'meeting.snapshot': takingPart,
  'meeting.updateMute': { ...takingPart, note: 'oneself only' },
  'meeting.muteMsg': {
    ...takingPart,
    cases: { 'somebody else': from('owner', 'meeting') },
    note: 'of those who are in the meeting and could moderate, the first in order does',
  },
  'meeting.chat': takingPart,
  'media.open': takingPart,
  'media.connect': { ...takingPart, cases: { 'somebody else’s': nobody('meeting') } },
  'media.restartIce': { ...takingPart, cases: { 'somebody else’s': nobody('meeting') } },
  'media.produce': takingPart,
  'media.setPaused': { ...takingPart, note: 'one’s own' },
  'media.close': { ...takingPart, note: 'one’s own' },
  'media.setReceive': takingPart,
  'media.resumeConsumers': { ...takingPart, note: 'one’s own' },
} as const satisfies Record<keyof Platform | keyof typeof meeting, Permission>;
export type Permissions = typeof permissions;

/** The decisions of a row: the usual one first, then those of its cases. */
export const decisionsOf = ({ about, may, cases = {} }: Permission): [name: string, Decision][] => [
  ['usual', { about, may }],
  ...Object.entries(cases),
];
