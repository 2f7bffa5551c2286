import * as z from 'zod/mini';
import { id, result, roomType, text, user } from './beans/index.ts';
import { event, events, method, methods } from './define.ts';
import { looseId, token } from './fields.ts';
import { from, permit } from './may.ts';

/** Terminal type: `pc`, `Android`, `iOS`, `webphone`, `tv`, or one of the partner's own. */
const deviceType = z.optional(z.nullable(text(20)));
/** The id of a call, a UUID. */
export const callId = z.string().check(z.maxLength(36));
/** What the caller and the callee may send along, as a text; a page’s own JSON for instance. */
const data = text(4096);

/**
 * A call is named by the other user, as the specification does: two users have at most one live call. `callId` names it in addition,
 * so that a late message cannot concern the next call of the same two.
 */
const party = {
  targetUserId: looseId,
  /** Sends the event only to devices of this terminal type. */
  targetDeviceType: deviceType,
  /** The caller’s own id; others are refused. */
  ownUserId: z.optional(looseId),
  ownDeviceType: deviceType,
  callId: z.optional(callId),
};
/** Parameters that the specification’s Java interface sends along; the server takes them from the call instead. */
const known = { type: z.optional(z.nullable(roomType)), roomId: z.optional(z.nullable(looseId)) };

/** `inviting`: no device rings yet. `connected`: the caller has reported that it entered the room. */
export const callState = z.enum(['inviting', 'ringing', 'agreed', 'connected', 'ended']);
export type CallState = z.output<typeof callState>;

/**
 * Why a call ended. `blocked` is never sent to clients: they get `noAnswer`. The last two go to the callee’s other devices after one
 * device has answered or declined.
 */
const reasons = [
  'hungUp',
  'cancelled',
  'rejected',
  'busy',
  'noAnswer',
  'unreachable',
  'failed',
  'callerGone',
  'calleeGone',
  'blocked',
  'answeredElsewhere',
  'rejectedElsewhere',
] as const;
export const callReason = z.enum(reasons);
export type CallReason = z.output<typeof callReason>;

const users = from('user', 'nothing');
/** Logged-in users, for users of their company. */
const callers = permit('user', users, {
  note: 'users of the same company; for administrators of the platform all users; guests of an app (`logout: true`) on its pages',
});
/** The two users of a call. */
const parties = permit('user', users, { note: 'the caller and the callee of a live call; others get `NOT_FOUND`' });

/** Calls between users. One device calls, all registered devices of the other user ring. */
export const callMethods = methods({
  'call.doInvite': method({
    spec: '4.1, 5.1',
    page: 'call',
    summary:
      'Call a user: all registered devices of that user ring. `result` is 0 when at least one device was told, 1 when none is online. Without `roomId` a private room is made for the call.',
    input: z.object({
      ...party,
      ...known,
      data: z.optional(data),
      /** How long it may ring, in seconds. */
      ringFor: z.optional(z.int().check(z.gte(5), z.lte(120))),
    }),
    output: z.object({
      ...result.shape,
      /** `null` when nobody is online. */
      roomId: z.nullable(id),
      callId,
      /** True when the other user was calling the caller at the same time: that call was accepted instead of making a second one. */
      glare: z.boolean(),
    }),
    may: callers,
    overSocket: true,
    guests: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'THROTTLED', 'FORBIDDEN'],
    events: ['call.doInvite', 'call.changed'],
    since: '1.1',
  }),
  'call.doAgree': method({
    spec: '4.2, 5.2',
    page: 'agree',
    summary: 'Accept a call on this device. The callee’s other devices stop ringing.',
    input: z.object({ ...party, ...known }),
    output: z.object({ ...result.shape, roomId: id, callId, type: roomType }),
    may: parties,
    overSocket: true,
    guests: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'],
    events: ['call.doAgree', 'call.cancel', 'call.changed'],
    since: '1.1',
  }),
  'call.reject': method({
    spec: '4.3, 5.3',
    page: 'reject',
    summary: 'Decline a call, on all devices of the callee.',
    input: z.object(party),
    output: result,
    may: parties,
    overSocket: true,
    guests: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'],
    events: ['call.reject', 'call.cancel', 'call.changed'],
    since: '1.1',
  }),
  'call.cancel': method({
    spec: '4.4, 5.4',
    page: 'cancel',
    summary: 'Withdraw a call that was not answered, or hang up one that was.',
    input: z.object(party),
    output: result,
    may: parties,
    overSocket: true,
    guests: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'],
    events: ['call.cancel', 'call.changed'],
    since: '1.1',
  }),
  'call.ring': method({
    spec: '4.5, 5.7',
    page: 'ring',
    summary: 'Tell the caller that this device rings.',
    input: z.object(party),
    output: result,
    may: parties,
    overSocket: true,
    guests: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'],
    events: ['call.doEvent', 'call.changed'],
    since: '1.1',
  }),
  'call.busy': method({
    spec: '4.6, 5.8',
    page: 'busy',
    summary:
      'Report that this device is busy: it no longer rings for the call. The call ends as busy when no other device of the callee is left that can ring.',
    input: z.object(party),
    output: result,
    may: parties,
    overSocket: true,
    guests: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'],
    events: ['call.doEvent', 'call.changed'],
    since: '1.1',
  }),
  'call.connected': method({
    spec: '4.7, 5.9',
    page: 'connected',
    summary: 'Tell the callee, who agreed, that the caller has entered the room; the callee enters it then.',
    input: z.object({ ...party, roomId: looseId, roomType: z.optional(z.nullable(roomType)) }),
    output: result,
    may: parties,
    overSocket: true,
    guests: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'],
    events: ['call.doEvent', 'call.changed'],
    since: '1.1',
  }),
  'call.doEvent': method({
    spec: '4.8, 5.5',
    page: 'doEvent',
    summary:
      'Send an event to the other side of a call. `onRinging`, `onBusy` and `onConnected` do what `ring`, `busy` and `connected` do; other names are passed on.',
    input: z.object({
      ...party,
      event: z.string().check(z.minLength(1), z.maxLength(40)),
      roomId: z.optional(z.nullable(looseId)),
      roomType: z.optional(z.nullable(roomType)),
      data: z.optional(data),
    }),
    output: result,
    may: parties,
    overSocket: true,
    guests: true,
    errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN', 'THROTTLED'],
    events: ['call.doEvent'],
    since: '1.1',
  }),
  'call.doRegister': method({
    spec: '4.9, 5.6',
    page: 'doRegister',
    summary:
      'Register this device for calls to its user, until it logs out or its connection ends. It also gets calls that are ringing already. With `SID` this may be the first message on a socket. Without a login, with the option `logout: true`, the page chooses a `userId`: within the app it identifies this guest for as long as the session lasts.',
    input: z.object({
      SID: z.optional(token),
      userId: z.optional(looseId),
      deviceType,
      /** A live call in which this device, after a reload, takes the place of the device that it was. */
      callId: z.optional(callId),
    }),
    output: result,
    may: callers,
    overSocket: true,
    guests: true,
    errors: ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'CONFLICT'],
    events: ['call.doInvite', 'call.changed'],
    since: '1.1',
  }),
});

/** Fields that all events of calls carry. */
const sender = {
  callId,
  /** The other user of the call, from the receiver’s point of view. */
  ownUserId: id,
  ownDeviceType: z.nullable(z.string()),
};

export const callEvents = events({
  'call.toRoom': event({
    spec: '+',
    summary:
      'A user is being called into the meeting of this participant. Sent for each change of the call’s state until the call is answered or ends, and on entering for each call that is ringing. `agreed`: the called user is about to enter.',
    payload: z.object({
      callId,
      user: z.pick(user, { id: true, name: true, photo: true }),
      state: callState,
      reason: z.nullable(callReason),
      /** Milliseconds until the state ends by itself; `null` when it does not. */
      remaining: z.nullable(z.int()),
    }),
    since: '1.1',
  }),
  'call.doInvite': event({
    spec: '4.1, 5.1',
    page: 'doInvite',
    summary: 'A user calls. `ownUserId` is the caller.',
    payload: z.object({
      ...sender,
      type: roomType,
      roomId: id,
      ownUser: user,
      data: z.nullable(z.string()),
      /** For how long it may ring from now on, in milliseconds. */
      remaining: z.int(),
      /** True while the callee is in another call or in a meeting: show it quietly. */
      waiting: z.boolean(),
    }),
    since: '1.1',
  }),
  'call.doAgree': event({
    spec: '4.2, 5.2',
    page: 'doAgree',
    summary: 'The callee accepted. The caller’s device enters the room and calls `connected`.',
    payload: z.object({ ...sender, roomId: id, type: roomType }),
    since: '1.1',
  }),
  'call.reject': event({
    spec: '4.3, 5.3',
    page: 'reject',
    summary: 'The callee declined.',
    payload: z.object(sender),
    since: '1.1',
  }),
  'call.cancel': event({
    spec: '4.4, 5.4',
    page: 'cancel',
    summary:
      'The call is over for this device. `reason` says why: `timeout` when nobody answered in time; `answeredElsewhere` and `rejectedElsewhere` go to the callee’s other devices.',
    payload: z.object({ ...sender, reason: z.enum([...reasons, 'timeout']) }),
    since: '1.1',
  }),
  'call.doEvent': event({
    spec: '4.5 to 4.8, 5.5',
    page: 'doEvent',
    summary:
      'The other side sent an event: `onRinging`, `onBusy`, `onConnected` (with `roomId` and `roomType`), or one of the page’s own. `onUnreachable` comes from the platform: no device rings yet.',
    payload: z.object({
      ...sender,
      event: z.string(),
      roomId: z.nullable(id),
      roomType: z.nullable(roomType),
      data: z.nullable(z.string()),
    }),
    since: '1.1',
  }),
  'call.changed': event({
    spec: '+',
    page: 'callChanged',
    summary: 'The state of one of this user’s calls changed. Sent to the devices that take part in the call.',
    payload: z.object({
      callId,
      state: callState,
      /** `null` until it ended. */
      reason: z.nullable(callReason),
      /** True for the caller. */
      outgoing: z.boolean(),
      peer: user,
      type: roomType,
      roomId: z.nullable(id),
      /** Milliseconds until the state ends by itself; `null` when it does not. */
      remaining: z.nullable(z.int()),
    }),
    since: '1.1',
  }),
});
