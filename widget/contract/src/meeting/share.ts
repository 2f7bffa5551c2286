import * as z from 'zod/mini';
import { author, client, domId, id, looseId } from '../beans/index.ts';
import { event, events, method, methods } from '../define.ts';
import { participants } from '../may.ts';

/** Methods of pages about the shared screen, which the widget answers by itself. */
export const shareMethods = methods({
  'meeting.shareScreen': method({
    spec: '3.18',
    summary:
      'Share a screen, a window or a tab, which the user chooses in the browser’s dialog, with its audio where the browser captures it. Only one screen is shared in a meeting at a time. Computers only.',
    input: z.optional(
      z.object({
        /** Id of the share. Not given: a random one. */
        shareScreenId: z.optional(looseId),
        /** Id of a tile that shows the caller’s own screen to the caller; without it there is no such tile. */
        domId: z.optional(domId),
        /** True: end the share of another participant instead of failing with `SHARE_IN_USE`. The moderator only. */
        takeOver: z.optional(z.boolean()),
      }),
    ),
    output: z.object({ shareScreenId: id, client }),
    may: participants,
    patient: true,
    events: ['shareScreen', 'onShareScreen'],
    errors: ['SHARE_IN_USE', 'PERMISSION_DENIED', 'UNSUPPORTED', 'FORBIDDEN'],
    since: '1.0',
  }),
  'meeting.stopShareScreen': method({
    spec: '3.19',
    summary: 'Stop sharing the caller’s own screen. Without effect when the caller shares none.',
    input: z.optional(z.object({})),
    output: z.object({}),
    may: participants,
    events: ['shareScreen', 'onShareScreen'],
    since: '1.0',
  }),
  'meeting.playShareScreen': method({
    spec: '3.20',
    summary:
      'Show the screen that another participant shares. With automatic play it is shown by itself; call this to give its tile an id, or after `hangupShareScreen`.',
    input: z.object({
      shareScreenId: looseId,
      /** Id of the tile that shows the screen. */
      domId: z.optional(domId),
    }),
    output: z.object({ shareScreenId: id, client }),
    may: participants,
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'meeting.hangupShareScreen': method({
    spec: '3.21',
    summary:
      'Stop receiving the video and audio of the screen that another participant shares, for the caller only, until `playShareScreen` or the next share.',
    input: z.optional(z.object({})),
    output: z.object({}),
    may: participants,
    since: '1.0',
  }),
});

/** Events for pages about the shared screen. */
export const sharePageEvents = events({
  onShareScreen: event({
    spec: '3.18',
    summary:
      'Another participant began to share a screen, or ended it: then `shareScreenId` is `null`. Also sent on entering a meeting in which a screen is shared.',
    payload: z.object({ shareScreenId: z.nullable(id), roomId: id, client }),
    since: '1.0',
  }),
  shareScreen: event({
    spec: '3.18',
    summary:
      'The caller’s own share began (`play`) or ended (`stop`): by a call, in the interface, in the browser’s own bar, or because the moderator took over.',
    payload: z.object({ type: z.enum(['play', 'stop']), shareScreenId: id }),
    since: '1.0',
  }),
});

export const shareEvents = events({
  'meeting.shareTaken': event({
    spec: '3.18',
    summary:
      'The moderator ended the receiver’s share in order to share a screen. The server has closed the producers.',
    payload: z.object({ client: author }),
    since: '1.0',
  }),
});
