import { implement } from '@meetframe/contract/define';
import { sessionMethods } from '@meetframe/contract/session';
import type { Accounts } from '../account/account.ts';
import { type Caller, deviceOf } from '../account/caller.ts';
import { fail } from '../errors.ts';
import type { Devices } from './devices.ts';

export const sessionHandlers = ({ accounts, devices }: { accounts: Accounts; devices: Devices }) =>
  implement(sessionMethods)<Caller>({
    'session.hello': () => fail('CONFLICT', 'session.hello opens a socket and comes first, once.'),
    'session.ping': () => ({ serverTime: Date.now() }),
    'session.renewSign': async ({ sign }, caller) => {
      const app = await accounts.appOfSign(sign);
      const device = devices.byId(deviceOf(caller).id) ?? fail('DISCONNECTED', 'The connection has ended.');
      if (device.app.id !== app.id) fail('UNAUTHENTICATED', 'The sign belongs to another app.');
      return { signExpiresAt: device.identify(app, sign) };
    },
  });
