import * as z from 'zod/mini';

/** A camera, microphone or speaker, as `navigator.mediaDevices` describes it. */
export const mediaDevice = z.object({
  deviceId: z.string(),
  kind: z.enum(['audioinput', 'audiooutput', 'videoinput']),
  label: z.string(),
  groupId: z.string(),
});
export type MediaDevice = z.output<typeof mediaDevice>;
