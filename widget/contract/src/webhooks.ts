import * as z from 'zod/mini';
import { id, roomType } from './beans/index.ts';
import { callId, callReason } from './calls.ts';

/** A user in a webhook. `account` is what the partner calls the user; `null` for users of another company. */
const person = z.object({ id, account: z.nullable(z.string()), name: z.string() });
const time = z.iso.datetime();

/** Fields of every event about a call. */
const call = {
  callId,
  type: roomType,
  roomId: z.nullable(id),
  caller: person,
  callee: person,
  /** What the caller sent along. */
  data: z.nullable(z.string()),
  startTime: time,
};
const endedCall = {
  ...call,
  reason: callReason,
  /** When the callee accepted; `null` for a call that was not answered. */
  answerTime: z.nullable(time),
  endTime: time,
  /** Length of the conversation in seconds; 0 for a call that was not answered. */
  duration: z.int(),
};
/** Fields of every event about a meeting. */
const meeting = {
  meetingId: z.string(),
  roomId: id,
  /** Name of the room. */
  name: z.nullable(z.string()),
  /** Id of the appointment that the meeting belongs to, if there is one. */
  appointmentId: z.nullable(id),
  startTime: time,
};
const participant = {
  ...meeting,
  participant: z.object({
    /** `Client.id` in this meeting. */
    clientId: id,
    /** `null` for guests. */
    userId: z.nullable(id),
    account: z.nullable(z.string()),
    name: z.string(),
  }),
};

type Row = { summary: string; data: z.ZodMiniType };
const rows = <const T extends Record<string, Row>>(table: T): T => table;

/** The events that the platform sends to back ends of partners (`docs/webhooks.md`), each with its `data`. */
export const webhookEvents = rows({
  'call.ringing': {
    summary:
      'A user is being called. `reached: false`: no device of the callee has reported yet that it rings, so this is the moment for a push message. When a device rings later, the event is sent again, with `reached: true`.',
    data: z.object({ ...call, reached: z.boolean(), ringsUntil: z.nullable(time) }),
  },
  'call.answered': {
    summary: 'The callee accepted.',
    data: z.object({ ...call, answerTime: time }),
  },
  'call.ended': {
    summary: 'A call ended, answered or not; `reason` says why.',
    data: z.object(endedCall),
  },
  'call.missed': {
    summary: 'Follows `call.ended` when the callee neither accepted nor declined.',
    data: z.object(endedCall),
  },
  'meeting.started': {
    summary: 'The first participant entered.',
    data: z.object(meeting),
  },
  'meeting.ended': {
    summary: 'The last participant left; `duration` in seconds.',
    data: z.object({ ...meeting, endTime: time, duration: z.int() }),
  },
  'meeting.entered': {
    summary: 'A participant entered.',
    data: z.object(participant),
  },
  'meeting.left': {
    summary: 'A participant left, or was removed.',
    data: z.object({
      ...participant,
      reason: z.enum(['left', 'displaced', 'kicked', 'finished', 'loggedOut']),
    }),
  },
  'recording.ready': {
    summary: 'A recording can be played; its address is in the list of recordings (2.31).',
    data: z.object({
      recordId: id,
      name: z.string(),
      roomId: z.nullable(id),
      appointmentId: z.nullable(id),
      userId: z.nullable(id),
      startTime: time,
      endTime: z.nullable(time),
      /** Seconds. */
      duration: z.number(),
      /** Bytes. */
      size: z.int(),
    }),
  },
});
export type WebhookEvent = keyof typeof webhookEvents;
export type WebhookData<N extends WebhookEvent> = z.output<(typeof webhookEvents)[N]['data']>;

export const isWebhookEvent = (name: string): name is WebhookEvent => Object.hasOwn(webhookEvents, name);
