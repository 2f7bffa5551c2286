import * as z from 'zod/mini';
import { author, client, id, name, result, text } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { looseId } from '../fields.ts';
import { itsOwn, moderatorOrOwner, moderators, oneselfOrModerator } from '../may.ts';

/** Whom a call is about, by `Client.id`. */
const target = { userId: id, roomId: z.optional(id) };
/** What pages of the specification say of themselves; it is known anyway. */
const said = { userId: z.optional(id), roomId: z.optional(id) };

/** What participants may do to themselves and to one another. */
export const moderationMethods = methods({
  'meeting.updateMute': method({
    spec: '3.8',
    page: 'meeting.updateMute',
    summary:
      'Turn one’s own microphone off (true) or on (false). The server stops the audio of a muted participant whatever the client does.',
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
    summary: 'Mute a participant, or ask one to un-mute. Others than oneself: moderators only.',
    input: z.object({ userId: id, roomId: z.optional(id), isMute: z.boolean(), super: z.optional(text(20)) }),
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
    input: z.object({ ...said, isMute: z.boolean() }),
    output: z.object({}),
    may: moderators,
    events: ['meeting.onMuteAll', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.kickOut': method({
    spec: '3.11',
    page: 'meeting.kickOut',
    summary:
      'Remove a participant, who cannot enter again as long as the meeting runs. Nobody removes the room’s owner.',
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
    summary: 'End the meeting: all participants leave it. 0 done.',
    input: z.object({}),
    output: result,
    may: moderators,
    events: ['meeting.onFinish', 'meeting.closed'],
    since: '1.0',
  }),
  'meeting.raiseHand': method({
    spec: '3.12',
    page: 'meeting.raiseHand',
    summary: 'Raise one’s hand for all to see, or lower it (`false`).',
    input: z.object({ raised: z.optional(z.boolean()) }),
    output: z.object({}),
    may: itsOwn,
    positional: ['raised'],
    events: ['meeting.onRaiseHand', 'meeting.roster'],
    since: '1.0',
  }),
  'meeting.setCompere': method({
    spec: '3.17',
    page: 'meeting.setCompere',
    summary:
      'Make a participant the moderator, until they leave; by the present moderator or the room’s owner. `room.superModeId` follows.',
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
    summary: 'Rename the meeting, and the appointment that it is.',
    input: z.object({
      ...said,
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
    summary: 'Rename oneself, or as the moderator another participant, for as long as the meeting lasts.',
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
    summary: 'A moderator muted a participant (it is done already) or asks one to un-mute.',
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
      'The moderator muted everybody else (it is done already), or asks all to un-mute. `userId` is the moderator.',
    payload: z.object({ userId: id, roomId: id, isMute: z.boolean() }),
    since: '1.0',
  }),
  'meeting.tiren': event({
    spec: '3.11',
    page: 'tiren',
    summary: 'The moderator removed a participant, who has left already.',
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
