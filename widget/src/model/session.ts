import { type Company, RTCPeerError, type User } from '@meetframe/contract';
import { batch, signal } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { Connection, SessionModel } from './types.ts';

/** Who is connected: the app's sign, the user, the clock. */
export const createSession = (client: Client, beforeLogout: () => Promise<unknown>) => {
  const connection = signal<Connection>('idle');
  const user = signal<User | null>(null);
  const company = signal<Company | null>(null);
  const clockOffset = signal(0);
  const failure = signal<RTCPeerError | undefined>(undefined);
  const stops = [
    client.onConnection('state', ({ state, error }) =>
      batch(() => {
        connection.value = state;
        failure.value =
          state === 'failed' ? (error ?? new RTCPeerError('DISCONNECTED', 'The connection failed.')) : undefined;
      }),
    ),
    client.onConnection('hello', (answer) =>
      batch(() => {
        user.value = answer.user;
        company.value = answer.company;
        clockOffset.value = answer.serverTime - Date.now();
      }),
    ),
  ];
  const session: SessionModel = {
    connection,
    user,
    company,
    clockOffset,
    async login(input) {
      const answer = await client.call('account.login', input);
      if (answer.result === 0) {
        batch(() => {
          user.value = answer.user ?? null;
          company.value = answer.company ?? null;
        });
        // Remembered for a connection that has to start over; never leaves this frame otherwise.
        if (answer.SID) client.identify({ SID: answer.SID });
      }
      return {
        result: answer.result,
        ...(answer.user && { user: answer.user }),
        ...(answer.company && { company: answer.company }),
      };
    },
    async logout() {
      await beforeLogout();
      const answer = await client.call('account.logout', {});
      client.identify({ SID: undefined });
      batch(() => {
        user.value = null;
        company.value = null;
      });
      return answer;
    },
  };
  return {
    ...session,
    failure,
    dispose: () => {
      for (const stop of stops) stop();
    },
  };
};
