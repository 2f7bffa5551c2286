import * as z from 'zod/mini';
import { client, id, text } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { itsOwn, oneselfOrModerator } from '../may.ts';

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
});
