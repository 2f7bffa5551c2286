import { codecName } from '@meetframe/contract';
import type { AppModel } from '../model/compose.ts';
import { once } from '../once.ts';
import type { Overrides } from './dispatch.ts';
import type { LateOverrides } from './lateOverrides.ts';
import { forPage } from './relay.ts';

/** An id that came as a text, as from an address. */
export const idOf = (value: unknown): unknown =>
  typeof value === 'string' && /^[1-9]\d{0,9}$/.test(value) ? Number(value) : value;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value.trim() : undefined);

/**
 * What the widget itself does when a page calls a method of the server: about devices, the seat, and what the user
 * typed.
 */
export const createOverrides = (app: AppModel) => {
  const { meeting, identity, admissions } = app;
  const lateOnes = once(async () => (await import('./onDemand.ts')).createLateOverrides(app));
  /** Its code is loaded by the first call. */
  const late =
    (name: keyof LateOverrides): NonNullable<Overrides[typeof name]> =>
    async (input, relay) =>
      (await lateOnes())[name](input, relay);
  return {
    login: (input) => identity.login(input as never),
    logout: ({ userId }) => identity.logout(userId as number | undefined),
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
    doRegister: async ({ userId }, relay) => {
      const answer = await relay();
      app.calls.registered(userId);
      return answer;
    },
    'meeting.exit': () => meeting.exit(),
    'meeting.updateMute': late('meeting.updateMute'),
    'meeting.muteMsg': late('meeting.muteMsg'),
    getRoomByInviteCode: async (input) => forPage(await admissions.ask(input), meeting.roster.clientOf),
  } satisfies Overrides;
};
