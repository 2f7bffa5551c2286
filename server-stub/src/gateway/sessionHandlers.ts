import { implement } from '@meetframe/contract/define';
import { sessionMethods } from '@meetframe/contract/session';
import type { Accounts } from '../account/account.ts';
import { type Caller, deviceOf } from '../account/caller.ts';
import { fail } from '../errors.ts';
import type { Devices } from './devices.ts';

export type SessionServices = { accounts: Accounts; devices: Devices };

/** A connection answers `session.hello` itself. */
const { 'session.hello': _, ...later } = sessionMethods;

export const sessionHandlers = ({ accounts, devices }: SessionServices) =>
  implement(later)<Caller>({
    'session.ping': () => ({ serverTime: Date.now() }),
    'session.renewSign': async ({ sign }, caller) => {
      const app = await accounts.appOfSign(sign);
      const device = devices.byId(deviceOf(caller).id) ?? fail('DISCONNECTED', 'The connection has ended.');
      if (device.app.id !== app.id) fail('UNAUTHENTICATED', 'The sign belongs to another app.');
      for (const page of device.pages)
        if (!app.origins.includes(page))
          fail('FORBIDDEN', `${page} is not among the origins of the app ${app.id}.`, { origin: page });
      return { signExpiresAt: device.identify(app, sign) };
    },
  });
