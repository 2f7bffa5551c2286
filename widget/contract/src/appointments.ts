import * as z from 'zod/mini';
import { appointment, definition, id, invited, result, room, roomType, text } from './beans/index.ts';
import { method, methods } from './define.ts';
import { description, inviteCode, looseId, moment, optionalPaging, paging, picture, totals } from './fields.ts';
import { from, notLevel5, owners, permit } from './may.ts';

const topic = z.object({ title: z.string().check(z.minLength(1), z.maxLength(200)), content: z.optional(text(4000)) });

type MemberInput = {
  codeId?: string | undefined;
  name?: string | undefined;
  email?: string | null | undefined;
  role?: number | undefined;
  id?: number | undefined;
};

/** What JavaScript makes of a field that is not there when it is joined to a text. */
const isNothing = (part: string): boolean => part === 'null' || part === 'undefined';

/** `memberId,name,(blank,)email,id,timezone,role`: everything but the name is read from the right, a name may hold commas. */
const memberOfText = z.pipe(
  z.string().check(z.maxLength(500)),
  z.transform((line, context): MemberInput => {
    const parts = line.split(',').map((part) => part.trim());
    const [email = '', userId = '', , role = ''] = parts.slice(-4).map((part) => (isNothing(part) ? '' : part));
    const name = parts
      .slice(1, parts.length > 6 ? -5 : -4)
      .join(',')
      .trim();
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
  codeId: z.optional(text(100)),
  name: z.optional(text(100)),
  email: z.optional(z.nullable(text(200))),
  role: z.optional(role),
  id: z.optional(looseId),
});
const members = z.array(z.union([memberOfText, memberObject])).check(z.maxLength(500));
const topics = z.array(topic).check(z.maxLength(100));

/** Empty or `null` is none: the meeting is looked up by `code` then. */
const givenInviteCode = z.pipe(
  z.nullable(z.union([inviteCode, z.literal('')])),
  z.transform((value): string | undefined => value || undefined),
);

const optional = {
  name: z.optional(z.string().check(z.trim(), z.maxLength(100))),
  description: z.optional(z.nullable(description)),
  definition: z.optional(definition),
  type: z.optional(roomType),
  startTime: z.optional(moment),
  endTime: z.optional(moment),
  members: z.optional(members),
  topics: z.optional(topics),
};

/** More than nothing and at most a year. */
const hours = z.pipe(
  z.pipe(
    z.union([z.number().check(z.positive(), z.lte(8784)), z.string().check(z.regex(/^\d{1,4}(\.\d{1,2})?$/))]),
    z.transform((value): number => Number(value)),
  ),
  z.number().check(z.positive(), z.lte(8784)),
);

/** What making or changing one answers; `inviteCode` lets a guest in (2.24). */
const made = z.object({ result: z.int(), roomId: id, meetingId: id, inviteCode: z.string() });

export const appointmentMethods = methods({
  'appointment.createAppointment': method({
    spec: '2.19',
    page: 'createAppointment',
    summary:
      'Plan a meeting, by default from now for an hour. It gets a room of its own unless `roomId` names one of the caller’s.',
    input: z.object({
      ...optional,
      roomId: z.optional(id),
      /** False: the appointment’s id opens nothing for guests, only its invite code does. Default true. */
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
    summary: 'One appointment, for whoever made it or is invited, and for administrators.',
    input: z.object({ meetingId: id }),
    output: z.object({
      meeting: appointment,
      members: z.array(invited),
      topics: z.array(z.object({ title: z.string(), content: z.nullable(z.string()) })),
      roomId: z.nullable(id),
      inviteCode: z.string(),
      type: roomType,
      definition,
      isPublic: z.boolean(),
      /** Whether the caller may change or delete it. */
      mayChange: z.boolean(),
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
      'Change an appointment; lists that are given replace, what is absent stays. Its maker or an administrator.',
    input: z.object({ meetingId: id, ...optional, isPublic: z.optional(z.boolean()) }),
    output: made,
    may: owners('appointment'),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'appointment.deleteAppointment': method({
    spec: '2.22',
    page: 'deleteAppointment',
    summary: 'Cancel an appointment; 2 while its meeting runs. Its maker or an administrator.',
    input: z.object({ meetingId: id, type: z.optional(roomType) }),
    output: result,
    may: owners('appointment'),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'appointment.queryAppointments': method({
    spec: '2.23',
    page: 'queryAppointments',
    summary: 'Appointments that one made or is invited to and that touch a span of time, by default the next 72 hours.',
    input: z.object({
      startTime: z.optional(moment),
      endTime: z.optional(moment),
      ...optionalPaging,
    }),
    output: z.object({ meetings: z.array(appointment), ...totals }),
    reads: true,
    may: permit('user', from('user', 'nothing'), {
      cases: { 'finds an appointment': { about: 'appointment', actors: ['member', 'owner'] } },
      note: 'one’s own list',
    }),
    since: '1.0',
  }),
  'appointment.getRoomByInviteCode': method({
    spec: '2.24',
    page: 'getRoomByInviteCode',
    summary:
      'Find the room of a meeting by its id or invite code: 0 open, 3 not started, 4 over or cancelled, 5 unknown. The invite code wins and lets this connection enter.',
    input: z.object({ code: z.optional(looseId), inviteCode: z.optional(givenInviteCode) }).check(
      z.refine((value) => value.code !== undefined || value.inviteCode !== undefined, {
        message: 'code or inviteCode',
        path: ['code'],
      }),
    ),
    output: z.object({ result: z.int(), room: z.nullable(room), meeting: z.nullable(appointment) }),
    may: permit('visitor', from('stranger', 'code'), {
      cases: { 'by id': from('member', 'appointment'), 'by id, a public one': from('stranger', 'appointment') },
      note: 'on a page of another company’s app: nobody',
    }),
    errors: ['THROTTLED'],
    since: '1.0',
  }),
  'appointment.queryAppointmentsByRoomId': method({
    spec: '2.25',
    page: 'queryAppointmentsByRoomId',
    summary: 'Appointments of a room, latest first.',
    input: z.object({ roomId: id, ...paging }),
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
    page: 'instantAppointment',
    summary: 'Meet now: an appointment with a room of its own, from now for an hour unless times are given.',
    input: z.object({
      name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
      orgId: z.optional(looseId),
      /** The misspelling of `orgId` in the specification’s example. */
      oraId: z.optional(looseId),
      userId: z.optional(looseId),
      startTime: z.optional(moment),
      endTime: z.optional(moment),
      type: z.optional(roomType),
      isPublic: z.optional(z.boolean()),
    }),
    output: made,
    may: permit('user', from('user', 'nothing'), { note: notLevel5 }),
    errors: ['FORBIDDEN', 'NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
  'meeting.new': method({
    spec: '5.12',
    page: 'newMeeting',
    summary: 'Plan a meeting from a back end or an app, with every parameter that the platform knows.',
    input: z.object({
      ...optional,
      name: z.string().check(z.trim(), z.minLength(1), z.maxLength(100)),
      /** Length when `endTime` is not given. */
      hour: z.optional(hours),
      /** How many people its room holds. Not with `roomId`: such a room has its own `numberLimit`. */
      leverage: z.optional(looseId),
      isPublic: z.optional(z.boolean()),
      /** Password of its room. Not with `roomId`: such a room has its own (2.11). */
      pin: z.optional(
        z.pipe(
          z.union([z.int().check(z.gte(0)), text(200)]),
          z.transform((value): string => String(value)),
        ),
      ),
      template: z.optional(looseId),
      postUrl: z.optional(picture),
      orgId: z.optional(looseId),
      roomId: z.optional(looseId),
      baseURL: z.optional(text(300)),
    }),
    /** `id` and `meetingId` are the same; over the socket `id` is that of the request, as in every answer. */
    output: z.extend(made, { id }),
    pageAlso: { id: 'meetingId' },
    may: permit('user', from('user', 'nothing'), {
      cases: { 'with `roomId`': from('owner', 'room') },
      note: notLevel5,
    }),
    errors: ['FORBIDDEN', 'NOT_FOUND', 'THROTTLED'],
    since: '1.0',
  }),
});
