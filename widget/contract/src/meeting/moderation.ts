import * as z from 'zod/mini';
import { author, client, id, name, result, text } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { looseId } from '../fields.ts';
import { itsOwn, moderatorOrOwner, moderators, oneselfOrModerator } from '../may.ts';
import { ownIds } from './ownIds.ts';

/** The participant that a call is about: its `Client.id`. */
const target = { userId: looseId, roomId: z.optional(looseId) };

/** Methods by which participants change their own state, or that of others as the moderator. */
export const moderationMethods = methods({
  'meeting.updateMute': method({
    spec: '3.8',
    page: 'meeting.updateMute',
    summary:
      'Mute (true) or un-mute (false) the caller’s own microphone. The server stops the audio of a muted participant, whatever the client sends.',
    input: z.object({ isMute: z.boolean() }),
    output: z.object({ isMuted: z.boolean(), client }),
    pageGets: 'client',
    may: itsOwn,
    positional: ['isMute'],
    patient: true,
    errors: ['PERMISSION_DENIED', 'DEVICE_NOT_FOUND', 'DEVICE_IN_USE'],
    events: ['meeting.roster'],
    since: '1.0',
  }),
  'meeting.muteMsg': method({
    spec: '3.9, 3.24',
    page: 'meeting.muteMsg',
    summary:
      'Mute a participant, or ask a muted participant to un-mute. Only the moderator may name a participant other than the caller.',
    input: z.object({ ...target, isMute: z.boolean(), super: z.optional(text(20)) }),
    output: z.object({}),
    may: oneselfOrModerator,
    errors: ['FORBIDDEN', 'NOT_FOUND'],
    events: ['meeting.onMute', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.muteAll': method({
    spec: '3.10',
    page: 'meeting.muteAll',
    summary: 'Mute all participants but the moderator, or ask them to un-mute.',
    input: z.object({ ...ownIds, isMute: z.boolean() }),
    output: z.object({}),
    may: moderators,
    events: ['meeting.onMuteAll', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.kickOut': method({
    spec: '3.11',
    page: 'meeting.kickOut',
    summary: 'Remove a participant, who cannot enter again while the meeting runs. The room’s owner cannot be removed.',
    input: z.object(target),
    output: z.object({}),
    may: moderators,
    errors: ['NOT_FOUND', 'CONFLICT', 'FORBIDDEN'],
    events: ['meeting.tiren', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.finish': method({
    spec: '3.3',
    page: 'meeting.finish',
    summary: 'End the meeting: all participants leave it. `result` is 0.',
    input: z.object({}),
    output: result,
    failed: { result: 1 },
    may: moderators,
    events: ['meeting.onFinish', 'meeting.closed'],
    since: '1.0',
  }),
  'meeting.raiseHand': method({
    spec: '3.12',
    page: 'meeting.raiseHand',
    summary: 'Raise the caller’s hand, which all participants see, or lower it (`false`).',
    input: z.object({ raised: z.optional(z.boolean()) }),
    output: z.object({}),
    may: itsOwn,
    positional: ['raised'],
    events: ['meeting.onRaiseHand', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.lowerHand': method({
    spec: '+',
    page: 'meeting.lowerHand',
    summary: 'Lower a participant’s hand. Only the moderator may name a participant other than the caller.',
    input: z.object(target),
    output: z.object({}),
    may: oneselfOrModerator,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    events: ['meeting.onRaiseHand', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.lock': method({
    spec: '+',
    page: 'meeting.lock',
    summary:
      'Lock the meeting, or unlock it (`false`). Nobody new can enter a locked meeting (`ROOM_NOT_OPEN`, `details.reason` is `locked`), except those who may moderate it. Users who left can come back, guests with the resume token that they had. It stays locked over a restart of the server.',
    input: z.object({ isLocked: z.optional(z.boolean()) }),
    output: z.object({}),
    may: moderators,
    positional: ['isLocked'],
    events: ['meeting.onLock'],
    since: '1.0',
  }),
  'meeting.setCompere': method({
    spec: '3.17',
    page: 'meeting.setCompere',
    summary:
      'Make a participant the moderator until that participant leaves. The current moderator or the room’s owner may do this. `room.superModeId` becomes the new moderator’s `Client.id`.',
    input: z.object(target),
    output: z.object({}),
    may: moderatorOrOwner,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    events: ['meeting.onCompere', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.updateMeetingName': method({
    spec: '3.44',
    page: 'meeting.updateMeetingName',
    summary: 'Rename the meeting and, if it has one, its appointment.',
    input: z.object({
      ...ownIds,
      appointmentName: name,
      /** `room.appointmentId`, if the meeting is an appointment. */
      appointmentId: z.optional(z.nullable(looseId)),
    }),
    output: z.object({}),
    may: moderators,
    errors: ['NOT_FOUND'],
    events: ['meeting.onUpdateMeeting', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.updateClientName': method({
    spec: '3.45',
    page: 'meeting.updateClientName',
    summary: 'Rename the caller or, as the moderator, another participant. The name lasts until the meeting ends.',
    input: z.object({ ...target, name }),
    output: z.object({}),
    may: oneselfOrModerator,
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    events: ['meeting.onUpdateClient', 'meeting.roster'],
    since: '1.0',
  }),
});

export const moderationEvents = events({
  'meeting.onMute': event({
    spec: '3.9',
    page: 'onMute',
    summary:
      'The moderator muted a participant (the server has done it already), or asks a muted participant to un-mute; or a participant muted or un-muted itself with `muteMsg`. All participants get it. `userId` is the participant concerned; `fromSuper` is true when the moderator called.',
    payload: z.object({
      userId: id,
      roomId: id,
      isMute: z.boolean(),
      super: z.optional(z.string()),
      fromSuper: z.optional(z.boolean()),
    }),
    since: '1.0',
  }),
  'meeting.onMuteAll': event({
    spec: '3.10',
    page: 'onMuteAll',
    summary:
      'The moderator muted all other participants (the server has done it already), or asks them to un-mute. `userId` is the moderator.',
    payload: z.object({ userId: id, roomId: id, isMute: z.boolean() }),
    since: '1.0',
  }),
  'meeting.tiren': event({
    spec: '3.11',
    page: 'tiren',
    summary: 'The moderator removed a participant, who has already left the meeting.',
    payload: z.object({ userId: id, roomId: id }),
    since: '1.0',
  }),
  'meeting.onFinish': event({
    spec: '3.3',
    page: 'onFinish',
    summary: 'The moderator ended the meeting. `userId` is the moderator.',
    payload: z.object({ userId: id, roomId: id }),
    since: '1.0',
  }),
  'meeting.onRaiseHand': event({
    spec: '3.12',
    page: 'onRaiseHand',
    summary: 'A participant raised or lowered a hand.',
    payload: z.object({ client: author, roomId: id, raised: z.boolean() }),
    since: '1.0',
  }),
  'meeting.onLock': event({
    spec: '+',
    page: 'onLock',
    summary: 'The moderator locked or unlocked the meeting. `userId` is the moderator.',
    payload: z.object({ userId: id, roomId: id, isLocked: z.boolean() }),
    since: '1.0',
  }),
  'meeting.onCompere': event({
    spec: '3.17',
    page: 'onCompere',
    summary: 'A participant was made moderator.',
    payload: z.object({ userId: id, roomId: id }),
    since: '1.0',
  }),
  'meeting.onUpdateMeeting': event({
    spec: '3.44',
    page: 'onUpdateMeeting',
    summary: 'The moderator renamed the meeting. `userId` is the moderator.',
    payload: z.object({ userId: id, roomId: id, appointmentName: z.string() }),
    since: '1.0',
  }),
  'meeting.onUpdateClient': event({
    spec: '3.45',
    page: 'onUpdateClient',
    summary: 'A participant was renamed. `userId` is that participant.',
    payload: z.object({ userId: id, roomId: id, client: author }),
    since: '1.0',
  }),
});
