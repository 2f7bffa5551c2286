import * as z from 'zod/mini';
import { texts } from './texts.ts';

export const mediaDevice = z.object({
  deviceId: z.string(),
  kind: z.enum(['audioinput', 'audiooutput', 'videoinput']),
  label: z.string(),
  groupId: z.string(),
});
texts.add(mediaDevice, {
  id: 'MediaDevice',
  description: 'A camera, microphone or speaker, as `navigator.mediaDevices` describes it.',
});
export type MediaDevice = z.output<typeof mediaDevice>;
