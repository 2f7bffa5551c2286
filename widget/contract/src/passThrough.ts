import type * as z from 'zod/mini';
import type { Output } from './define.ts';
import type { Platform } from './platform.ts';

/**
 * Methods of `RTCPeer` that are the platform's own (chapter 2): the widget hands the call on and the server checks it, so that
 * no schema of them burdens the frame's first screen. Page name → name on the wire.
 */
export const passThrough = {
  getRoomById: 'room.getRoomById',
  createRoom: 'room.createRoom',
  updateRoom: 'room.updateRoom',
  deleteRoom: 'room.deleteRoom',
  newTempRoom: 'room.newTempRoom',
  newAppRoom: 'room.newAppRoom',
  modifyRoomPwd: 'room.modifyRoomPwd',
  checkRoomPwd: 'room.checkRoomPwd',
  checkRoomHasPwd: 'room.checkRoomHasPwd',
  addRoomMan: 'room.addRoomMan',
  deleteRoomMen: 'room.deleteRoomMen',
  queryRoomMen: 'room.queryRoomMen',
  queryMyRooms: 'room.queryMyRooms',
  checkActiveRoom: 'room.checkActiveRoom',
  createAppointment: 'appointment.createAppointment',
  queryAppointmentById: 'appointment.queryAppointmentById',
  updateAppointment: 'appointment.updateAppointment',
  deleteAppointment: 'appointment.deleteAppointment',
  queryAppointments: 'appointment.queryAppointments',
  getRoomByInviteCode: 'appointment.getRoomByInviteCode',
  queryAppointmentsByRoomId: 'appointment.queryAppointmentsByRoomId',
  instantAppointment: 'appointment.instantAppointment',
  newMeeting: 'meeting.new',
  searchUserByOrgId: 'user.searchUserByOrgId',
  addUser: 'user.addUser',
  modifyUser: 'user.modifyUser',
  deleteUser: 'user.deleteUser',
  modifyPassword: 'account.modifyPassword',
  resetPassword: 'account.resetPassword',
  getMediaState: 'media.getMediaState',
  getRecordByRange: 'record.getRecordByRange',
  deleteRecords: 'record.deleteRecords',
} as const satisfies Record<string, keyof Platform>;

export type PassThrough = typeof passThrough;

/** Fields that carry a point in time: ISO 8601 on the wire, `Date` in a page. */
export const dateFields = ['startTime', 'endTime', 'actuallyStartTime'] as const;
type DateField = (typeof dateFields)[number];

/** What the wire answers, with dates as a page gets them. */
export type Dated<T> = T extends readonly (infer E)[]
  ? Dated<E>[]
  : T extends object
    ? { [K in keyof T]: K extends DateField ? (null extends T[K] ? Date | null : Date) : Dated<T[K]> }
    : T;

type PageOutput<N extends keyof PassThrough> = N extends 'getMediaState'
  ? // The specification shows the list itself and a field of that name: a page gets both in one.
    Output<Platform['media.getMediaState']>['object'] & Output<Platform['media.getMediaState']>
  : Dated<Output<Platform[PassThrough[N]]>>;

/** Rows of these methods as a page sees them. */
export type PassThroughTable = {
  readonly [N in keyof PassThrough]: Omit<Platform[PassThrough[N]], 'output'> & {
    output: z.ZodMiniType<PageOutput<N>>;
  };
};
