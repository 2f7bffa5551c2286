import { codecName } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';
import { once } from '../once.ts';
import { createBaseOverrides } from './baseOverrides.ts';
import { idOf, type Overrides } from './dispatch.ts';
import type { LateOverrides } from './lateOverrides.ts';

/**
 * The widget's own part in methods of the server that a page calls: about devices, the seat, and the name that the user
 * typed.
 */
export const createOverrides = (app: AppModel) => {
  const { meeting } = app;
  const lateOnes = once(async () => (await import('./onDemand.ts')).createLateOverrides(app));
  /** Their code is loaded by the first call. */
  const late = (...names: (keyof LateOverrides)[]) =>
    Object.fromEntries(
      names.map((name) => [name, async (input, relay) => (await lateOnes())[name](input, relay)]),
    ) as Required<Pick<Overrides, keyof LateOverrides>>;
  return {
    ...createBaseOverrides(app),
    'meeting.enter': async ({ userId: _, ...input }) => {
      const given = typeof input.username === 'string' && input.username.trim();
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
    'meeting.exit': meeting.exit,
    ...late('meeting.updateMute', 'meeting.muteMsg', 'meeting.getFileLink', 'getRoomByInviteCode'),
  } satisfies Overrides;
};
