import { codecName } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';
import { once } from '../once.ts';
import { createBaseOverrides } from './baseOverrides.ts';
import { idOf, type Overrides } from './dispatch.ts';
import type { LateOverrides } from './lateOverrides.ts';
import { forPage } from './relay.ts';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value.trim() : undefined);

/**
 * The widget's own part in methods of the server that a page calls: about devices, the seat, and the name that the user
 * typed.
 */
export const createOverrides = (app: AppModel) => {
  const { meeting, admissions } = app;
  const lateOnes = once(async () => (await import('./onDemand.ts')).createLateOverrides(app));
  /** Its code is loaded by the first call. */
  const late =
    (name: keyof LateOverrides): NonNullable<Overrides[typeof name]> =>
    async (input, relay) =>
      (await lateOnes())[name](input, relay);
  return {
    ...createBaseOverrides(app),
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
    'meeting.exit': () => meeting.exit(),
    'meeting.updateMute': late('meeting.updateMute'),
    'meeting.muteMsg': late('meeting.muteMsg'),
    getRoomByInviteCode: async (input) => forPage(await admissions.ask(input), meeting.roster.clientOf),
  } satisfies Overrides;
};
