import { implement } from '@meetframe/contract/define';
import { sessionMethods } from '@meetframe/contract/session';
import { fail } from '../../errors.ts';
import type { Caller } from '../caller.ts';
import { liveOf, type Services } from './services.ts';

export const sessionHandlers = ({ accounts }: Services) =>
  implement(sessionMethods)<Caller>({
    'session.hello': () => fail('CONFLICT', 'session.hello opens a socket and comes first, once.'),
    'session.ping': () => ({ serverTime: Date.now() }),
    'session.renewSign': async ({ sign }, caller) => {
      const app = await accounts.appOfSign(sign);
      const session = liveOf(caller);
      if (session.app.id !== app.id) fail('UNAUTHENTICATED', 'The sign belongs to another app.');
      return { signExpiresAt: session.identify(app, sign) };
    },
  });
