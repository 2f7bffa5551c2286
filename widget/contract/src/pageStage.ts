import * as z from 'zod/mini';
import { client, domId, looseId } from './beans/index.ts';
import { method, methods } from './define.ts';
import { participants } from './may.ts';

/**
 * Simulcast layer of a video: 0 small, 1 middle, 2 large; a video with fewer layers comes in the nearest one. `auto`
 * goes back to what the tile's size needs.
 */
const sim = z.optional(z.union([z.literal([0, 1, 2]), z.literal('auto')]));

/** Methods of `RTCPeer` about which videos are received and in which size. The widget answers them itself. */
export const stageMethods = methods({
  'meeting.audioOnlyMeeting': method({
    spec: '3.23',
    summary:
      'Go on with audio only: the caller’s camera stops and no video is received; the others get `onPublished` with `audioMode`. With `audioOnly: false`, or when the caller’s camera is turned on, videos are received again.',
    input: z.object({
      /** The caller; another participant’s id is refused. */
      client: z.optional(z.looseObject({ id: looseId })),
      /** Default true. False: back to video, with the camera if it was on before. */
      audioOnly: z.optional(z.boolean()),
    }),
    output: client,
    may: participants,
    positional: ['audioOnly'],
    patient: true,
    events: ['onPublished'],
    errors: ['FORBIDDEN', 'PERMISSION_DENIED', 'DEVICE_NOT_FOUND', 'DEVICE_IN_USE'],
    since: '1.0',
  }),
  'meeting.switchVideoBySim': method({
    spec: '3.40',
    summary:
      'Receive the videos of all cameras in one size: 0 small, 1 middle, 2 large (the default); `auto`: as large as each tile needs. With `domId` (3.41): only the video in that tile.',
    input: z.object({ sim, domId: z.optional(domId) }),
    output: z.object({}),
    may: participants,
    positional: ['sim'],
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'meeting.switchVideoSimByDom': method({
    spec: '3.41',
    summary:
      'Receive the video in the tile `domId` in one size: 0 small, 1 middle, 2 large (the default); `auto`: as large as the tile needs.',
    input: z.object({ domId, sim }),
    output: z.object({}),
    may: participants,
    positional: ['domId', 'sim'],
    errors: ['NOT_FOUND'],
    since: '1.0',
  }),
  'meeting.setVideoMax': method({
    spec: '3.42',
    summary:
      'Set how many cameras’ videos are shown at most, the caller’s own included. A further video replaces the one that has been played longest, which comes back when fewer are shown. The caller’s own video is never replaced.',
    input: z.object({ number: z.int().check(z.gte(1), z.lte(200)) }),
    output: z.object({}),
    may: participants,
    positional: ['number'],
    since: '1.0',
  }),
  'meeting.publishStreamActive': method({
    spec: '3.43',
    summary:
      'Turn the video that follows the active speaker (tile `remote`) on or off. Off: it is not received, and the stage does not follow the active speaker.',
    input: z.object({ isPlay: z.boolean() }),
    output: z.object({}),
    may: participants,
    positional: ['isPlay'],
    since: '1.0',
  }),
});
