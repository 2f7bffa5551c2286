import type { Base } from '../model/base.ts';
import type { Overrides } from './dispatch.ts';

/** What a widget itself does about the account when a page calls a method of the server, also while it waits for a call. */
export const createBaseOverrides = ({ identity, calls }: Pick<Base, 'identity' | 'calls'>) =>
  ({
    login: (input) => identity.login(input as never),
    logout: ({ userId }) => identity.logout(userId as number | undefined),
    doRegister: async ({ userId }, relay) => {
      const answer = await relay();
      calls.registered(userId);
      return answer;
    },
  }) satisfies Overrides;
