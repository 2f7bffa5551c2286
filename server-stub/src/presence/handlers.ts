import { implement } from '@meetframe/contract/define';
import { presenceMethods } from '@meetframe/contract/presence';
import { type Caller, deviceOf, userOf } from '../account/caller.ts';
import type { Presence } from './presence.ts';

export type PresenceServices = { presence: Presence };

export const presenceHandlers = ({ presence }: PresenceServices) =>
  implement(presenceMethods)<Caller>({
    'presence.watch': async ({ userIds, once }, caller) => ({
      users: await (once
        ? presence.ask(userIds, userOf(caller))
        : presence.watch(deviceOf(caller), userIds, userOf(caller))),
    }),
  });
