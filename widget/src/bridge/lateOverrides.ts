import { codecName } from '@meetframe/contract';
import * as z from 'zod/mini';
import type { AppModel } from '../model/compose.ts';
import { check } from './check.ts';
import type { Overrides } from './dispatch.ts';

const muteInput = z.object({ isMute: z.boolean() });
/** An id that came as a text, as from an address. */
const idOf = (value: unknown): unknown =>
  typeof value === 'string' && /^[1-9]\d{0,9}$/.test(value) ? Number(value) : value;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value.trim() : undefined);

/** What the widget itself does when a page enters a meeting, or mutes. */
export const createLateOverrides = (app: AppModel) => {
  const { meeting } = app;
  return {
    'meeting.enter': async ({ userId: _, ...input }) => {
      const given = text(input.username);
      const { data: codec } = codecName.safeParse(input.codec);
      const answer = await app.enter({
        ...(input as { roomId: number }),
        ...('roomId' in input && { roomId: idOf(input.roomId) as number }),
        ...(codec && { codec }),
        ...(given && { username: given }),
      });
      // Proposed in the lobby the next time.
      if (given) app.setUsername(given);
      return answer;
    },
    'meeting.updateMute': (input) =>
      meeting.mute(check<z.output<typeof muteInput>>(muteInput, input, 'meeting.updateMute').isMute),
    // The caller's own microphone is a device of this machine. The server mutes others, and tells all in either case.
    'meeting.muteMsg': async (input, relay) => {
      if (idOf(input.userId) === meeting.seat.selfId.peek())
        await meeting.mute(check<z.output<typeof muteInput>>(muteInput, input, 'meeting.muteMsg').isMute);
      return await relay();
    },
  } satisfies Overrides;
};
export type LateOverrides = ReturnType<typeof createLateOverrides>;
