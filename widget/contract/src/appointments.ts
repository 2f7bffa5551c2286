import * as z from 'zod/mini';
import {
  appointment,
  definition,
  id,
  invited,
  label,
  name,
  repeat,
  result,
  room,
  roomType,
  series,
  text,
  timeZone,
} from './beans/index.ts';
import { method, methods } from './define.ts';
import {
  description,
  email,
  inviteCode,
  looseId,
  moment,
  optionalPaging,
  paging,
  picture,
  removable,
  totals,
  unless,
} from './fields.ts';
import { locale } from './look.ts';
import { everybody, from, notLevel5, owners, permit } from './may.ts';
import { plainName } from './names.ts';

const topic = z.object({
  title: z.string().check(z.overwrite(plainName), z.minLength(1), z.maxLength(200)),
  content: removable(text(4000)),
});

type MemberInput = {
  codeId?: string | null | undefined;
  name?: string | null | undefined;
  email?: string | null | undefined;
  role?: number | undefined;
  id?: number | undefined;
};

/** The text that JavaScript makes of a missing field when a page joins the fields to one string. */
const isNothing = (part: string): boolean => part === 'null' || part === 'undefined';

/**
 * `memberId,name,(blank,)email,id,timezone,role`: the fields after the name are counted from the right, because a name
 * may contain commas.
 */
const memberOfText = z.pipe(
  z.string().check(z.maxLength(500)),
  z.transform((line, context): MemberInput => {
    const parts = line.split(',').map((part) => part.trim());
    const [email = '', userId = '', , role = ''] = parts.slice(-4).map((part) => (isNothing(part) ? '' : part));
    const name = plainName(parts.slice(1, parts.length > 6 ? -5 : -4).join(','));
    if (parts.length < 6 || !name || !/^\d{0,15}$/.test(userId) || !/^[123]?$/.test(role)) {
      context.issues.push({
        code: 'custom',
        message: 'memberId,name,,email,id,timezone,role',
        input: line,
      });
      return z.NEVER;
    }
    return {
      name,
      email: email || null,
      ...(Number(userId) > 0 && { id: Number(userId) }),
      ...(role && { role: Number(role) }),
    };
  }),
);

const role = z.pipe(
  z.literal([1, 2, 3, '1', '2', '3']),
  z.transform((value): number => Number(value)),
);
const memberObject = z.object({
  codeId: removable(text(100)),
  name: removable(label()),
  email,
  role: unless(role),
  id: unless(looseId),
});
const members = z.array(z.union([memberOfText, memberObject])).check(z.maxLength(500));
const topics = z.array(topic).check(z.maxLength(100));

const optional = {
  name: unless(label()),
  description,
  definition: unless(definition),
  type: unless(roomType),
  startTime: unless(moment),
  endTime: unless(moment),
  members: unless(members),
  topics: unless(topics),
  /** Whether invited people with an e-mail address get a mail, its language, and the time zone of the times in it. */
  notify: z.optional(z.boolean()),
  language: unless(locale),
  timeZone: unless(timeZone),
  waitingRoom: z.optional(z.boolean()),
};
/** How a new appointment repeats. */
const repeating = { repeat: unless(repeat) };
/** For an appointment of a series: only this one, or all appointments of the series that are not over. */
const scope = z.optional(z.enum(['one', 'all']));

/** A length in hours: more than 0, at most one year. */
const hours = z.pipe(
  z.pipe(
    z.union([z.number().check(z.positive(), z.lte(8784)), z.string().check(z.regex(/^\d{1,4}(\.\d{1,2})?$/))]),
    z.transform((value): number => Number(value)),
  ),
  z.number().check(z.positive(), z.lte(8784)),
);

/**
 * How many people get a mail, and how many with an e-mail address do not, because no mail server is configured or too many mails
 * were sent.
 */
const mail = z.object({ sent: z.int(), unsent: z.int() });
/**
 * Answer to creating or changing an appointment; `inviteCode` lets a guest in (2.24). `url`: the address to send to participants.
 * Everyone who has it counts as invited.
 */
const made = z.object({ result: z.int(), roomId: id, meetingId: id, inviteCode: z.string(), url: z.string(), mail });
const notMade = { result: 1, roomId: null, meetingId: null, inviteCode: null, url: null } as const;

export const appointmentMethods = methods({
  'appointment.createAppointment': method({
    spec: '2.19',
    forBackEnds: true,
    page: 'createAppointment',
    summary:
      'Plan a meeting, by default from now for one hour. A room is created for it unless `roomId` names a room of the caller.',
    input: z.object({
      ...optional,
      ...repeating,
      roomId: unless(looseId),
      /** True: guests can enter with the appointment’s id, too, and not with the invite code only. */
      isPublic: z.optional(z.boolean()),
    }),
    output: made,
    may: permit('user', from('user', 'nothing'), {
      cases: { 'with `roomId`': from('owner', 'room') },
      note: notLevel5,
    }),
    errors: ['FORBIDDEN', 'NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'appointment.queryAppointmentById': method({
    spec: '2.20',
    page: 'queryAppointmentById',
    summary: 'Read one appointment. For its creator, the users whom it invites and administrators.',
    input: z.object({ meetingId: looseId }),
    output: z.object({
      meeting: appointment,
      members: z.array(invited),
      topics: z.array(z.object({ title: z.string(), content: z.nullable(z.string()) })),
      roomId: z.nullable(id),
      inviteCode: z.string(),
      type: roomType,
      definition,
      isPublic: z.boolean(),
      waitingRoom: z.boolean(),
      /** Whether the caller may change or delete it. */
      mayChange: z.boolean(),
      /** The series that it belongs to. */
      series: z.nullable(series),
    }),
    reads: true,
    may: permit('user', from('member', 'appointment')),
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'appointment.updateAppointment': method({
    spec: '2.21',
    page: 'updateAppointment',
    summary:
      'Change an appointment. Given lists replace the old ones; absent fields stay as they are. For its creator and administrators.',
    input: z.object({ meetingId: looseId, ...optional, isPublic: z.optional(z.boolean()), scope }),
    output: made,
    may: owners('appointment'),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'appointment.deleteAppointment': method({
    spec: '2.22',
    page: 'deleteAppointment',
    summary:
      'Cancel an appointment. `result`: 0 cancelled, 2 its meeting is running. For its creator and administrators.',
    input: z.object({ meetingId: looseId, type: unless(roomType), scope, notify: z.optional(z.boolean()) }),
    output: z.extend(result, { mail }),
    may: owners('appointment'),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'appointment.queryAppointments': method({
    spec: '2.23',
    page: 'queryAppointments',
    summary:
      'Appointments that the caller created or is invited to and that overlap a span of time, by default the next 72 hours.',
    input: z.object({
      startTime: unless(moment),
      endTime: unless(moment),
      ...optionalPaging,
    }),
    output: z.object({
      meetings: z.array(appointment),
      /** The listed appointments that belong to a series, with their series. */
      repeating: z.array(z.object({ meetingId: id, series })),
      ...totals,
    }),
    reads: true,
    may: permit('user', from('user', 'nothing'), {
      cases: { 'finds an appointment': { about: 'appointment', actors: ['member', 'owner'] } },
      note: 'the caller’s own list',
    }),
    since: '1.0',
  }),
  'appointment.getRoomByInviteCode': method({
    spec: '2.24',
    page: 'getRoomByInviteCode',
    summary:
      'Find the room of an appointment by its id or invite code. `result`: 0 open, 3 not started, 4 over or cancelled, 5 unknown. If both are given, the invite code counts. After `result` 0 this connection may enter the room.',
    input: z.object({ code: unless(looseId), inviteCode: unless(inviteCode) }).check(
      z.refine((value) => value.code !== undefined || value.inviteCode !== undefined, {
        message: 'code or inviteCode',
        path: ['code'],
      }),
    ),
    output: z.object({ result: z.int(), room: z.nullable(room), meeting: z.nullable(appointment) }),
    failed: { result: 5, room: null, meeting: null },
    may: permit('visitor', from('stranger', 'code'), {
      cases: { 'by id': from('member', 'appointment'), 'by id, a public one': from('stranger', 'appointment') },
      note: 'refused on a page of another company’s app',
    }),
    errors: ['THROTTLED'],
    since: '1.0',
  }),
  'appointment.getCalendarFile': method({
    spec: '+',
    page: 'getCalendarFile',
    summary:
      'The appointment with this invite code as a calendar file (iCalendar, RFC 5545). For a series, the file holds all its appointments that are not over.',
    input: z.object({ inviteCode }),
    output: z.object({ name: z.string(), content: z.string() }),
    reads: true,
    may: permit('visitor', from('stranger', 'code'), { note: 'refused on a page of another company’s app' }),
    errors: ['NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'appointment.getMailState': method({
    spec: '+',
    page: 'getMailState',
    summary: 'Whether this platform sends invitations by mail.',
    input: z.object({}),
    output: z.object({ sends: z.boolean() }),
    reads: true,
    may: everybody,
    since: '1.0',
  }),
  'appointment.queryAppointmentsByRoomId': method({
    spec: '2.25',
    page: 'queryAppointmentsByRoomId',
    summary: 'Appointments of a room, latest first.',
    input: z.object({ roomId: looseId, ...paging }),
    output: z.object({ resultList: z.array(appointment), ...totals }),
    reads: true,
    may: permit('user', from('member', 'room'), {
      cases: {
        'a public room': from('user', 'room'),
        'finds a private appointment in a public room': from('member', 'appointment'),
      },
    }),
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'appointment.instantAppointment': method({
    spec: '2.33',
    forBackEnds: true,
    page: 'instantAppointment',
    summary:
      'Start a meeting now: creates an appointment with a room of its own, from now for one hour unless times are given.',
    input: z.object({
      name,
      orgId: z.optional(looseId),
      /** `orgId` as the specification’s example misspells it. */
      oraId: z.optional(looseId),
      userId: z.optional(looseId),
      startTime: unless(moment),
      endTime: unless(moment),
      type: unless(roomType),
      isPublic: z.optional(z.boolean()),
      waitingRoom: z.optional(z.boolean()),
    }),
    output: made,
    failed: notMade,
    may: permit('user', from('user', 'nothing'), { note: notLevel5 }),
    errors: ['FORBIDDEN', 'NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'meeting.new': method({
    spec: '5.12',
    forBackEnds: true,
    page: 'newMeeting',
    summary: 'Plan a meeting from a back end or an app, with all parameters that the platform supports.',
    input: z.object({
      ...optional,
      ...repeating,
      name,
      /** Length in hours when `endTime` is not given. */
      hour: unless(hours),
      /** Most participants in its room; with `roomId` the room’s `numberLimit` from now on. */
      leverage: unless(looseId),
      isPublic: z.optional(z.boolean()),
      /** Password of its room; with `roomId` the room’s from now on (2.11). */
      pin: z.optional(
        z.pipe(
          z.union([z.int().check(z.gte(0)), text(200)]),
          z.transform((value): string => String(value)),
        ),
      ),
      template: unless(looseId),
      postUrl: removable(picture),
      orgId: z.optional(looseId),
      userId: z.optional(looseId),
      /** A room of the caller. If it was made for an appointment, it becomes permanent: it no longer closes with that appointment. */
      roomId: unless(looseId),
      /** Address of the page that opens the meeting, for the `url` of the answer. */
      baseURL: removable(text(300)),
    }),
    /** `id` and `meetingId` are the same; over the socket `id` is that of the request, as in every answer. */
    output: z.extend(made, { id }),
    pageAlso: { id: 'meetingId' },
    failed: { ...notMade, id: null },
    may: permit('user', from('user', 'nothing'), {
      cases: { 'with `roomId`': from('owner', 'room') },
      note: notLevel5,
    }),
    errors: ['FORBIDDEN', 'NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
});
