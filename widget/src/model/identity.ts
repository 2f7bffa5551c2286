import { type Company, RTCPeerError, type User, type UserLevel } from '@meetframe/contract';
import { batch, signal } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { PageStorage } from './storage.ts';
import type { Connection, SessionModel, SignOn } from './types.ts';

/**
 * Who is connected: the app's sign, the user, the clock. On the platform's own page `keepSignOn` outlasts a reload, and with a
 * `storage` who signed in stays so until signing out.
 */
export const createIdentity = (deps: {
  client: Client;
  beforeLogout: () => Promise<unknown>;
  keepSignOn?: ((signOn: SignOn | undefined) => void) | undefined;
  storage?: PageStorage | undefined;
}) => {
  const { client, beforeLogout, keepSignOn, storage } = deps;
  const connection = signal<Connection>('idle');
  const user = signal<User | null>(null);
  const company = signal<Company | null>(null);
  const level = signal<UserLevel | null>(null);
  const clockOffset = signal(0);
  const openBefore = signal(0);
  const restoring = signal(false);
  const endedElsewhere = signal(false);
  const failure = signal<RTCPeerError | undefined>(undefined);
  /** The page could not get a fresh sign in time: who is in a meeting stays, nothing new can begin. */
  const expiry = signal<RTCPeerError | undefined>(undefined);
  const signOnRefused = signal(false);
  /** What the address brought, while it holds. */
  let claim: SignOn | undefined;

  type Identity = { user?: User | null; company?: Company | null; level?: UserLevel | null };
  const know = (now: Identity): void =>
    batch(() => {
      user.value = now.user ?? null;
      company.value = now.company ?? null;
      level.value = now.level ?? null;
    });

  const forgetClaim = (): void => {
    claim = undefined;
    client.identify({ SID: undefined });
    keepSignOn?.(undefined);
  };
  const forget = (): void => {
    // What the address brought says nothing about who signed in here before.
    if (!claim) storage?.keepSID(undefined);
    forgetClaim();
  };
  /** What does not hold must not lock anybody out: whoever comes with it is a guest. */
  const dropClaim = (): void => {
    forgetClaim();
    signOnRefused.value = true;
  };
  const belongsTo = (uid: string | undefined, who: User | null): boolean =>
    uid === undefined || uid === String(who?.id) || uid === who?.account;

  const kept = storage?.SID();
  if (kept) {
    client.identify({ SID: kept });
    restoring.value = true;
  }
  client.onRefused(() => {
    if (claim) {
      dropClaim();
      return true;
    }
    if (storage?.SID() === undefined) return false;
    forget();
    endedElsewhere.value = true;
    return true;
  });
  const stops = [
    client.onConnection('state', ({ state, error }) =>
      batch(() => {
        connection.value = state;
        failure.value =
          state === 'failed' ? (error ?? new RTCPeerError('DISCONNECTED', 'The connection failed.')) : undefined;
      }),
    ),
    client.onConnection('sign', ({ isExpired }) => {
      expiry.value = isExpired
        ? new RTCPeerError('UNAUTHENTICATED', 'The sign has expired, and the page has given no new one.')
        : undefined;
    }),
    client.onConnection('hello', (answer) => {
      clockOffset.value = answer.serverTime - Date.now();
      if (claim && !belongsTo(claim.uid, answer.user)) {
        // Two halves of two links: neither is believed. The connection begins anew once this one stands.
        dropClaim();
        queueMicrotask(() => client.restart());
        return;
      }
      batch(() => {
        know(answer);
        restoring.value = false;
        openBefore.value = answer.openBefore;
      });
    }),
    client.on('account.changed', (now) => {
      if (!now.user) forget();
      batch(() => {
        know(now);
        endedElsewhere.value = !now.user;
      });
    }),
  ];
  const session: SessionModel = {
    connection,
    user,
    company,
    level,
    clockOffset,
    openBefore,
    restoring,
    endedElsewhere,
    signOnRefused,
    async login(input) {
      const answer = await client.call('account.login', input);
      if (answer.result === 0) {
        forgetClaim();
        // Remembered for a connection that has to start over; never leaves this frame otherwise.
        if (answer.SID) {
          client.identify({ SID: answer.SID });
          storage?.keepSID(answer.SID);
        }
        batch(() => {
          know(answer);
          endedElsewhere.value = false;
          signOnRefused.value = false;
        });
      }
      return {
        result: answer.result,
        ...(answer.user && { user: answer.user }),
        ...(answer.company && { company: answer.company }),
      };
    },
    async logout(userId?: number) {
      // Refused before anything is left.
      const known = user.peek();
      if (known && userId !== undefined && userId !== known.id)
        throw new RTCPeerError('FORBIDDEN', 'userId is not the one who is logged in.', { field: 'userId' });
      await beforeLogout();
      const answer = await client.call('account.logout', userId === undefined ? {} : { userId });
      forget();
      know({});
      return answer;
    },
  };
  return {
    ...session,
    failure,
    expiry,
    /** Connects as whoever a session id belongs to (chapter 7); as a guest where it does not hold, or is not that of `uid`. */
    signOn(signOn: SignOn): void {
      claim = signOn;
      signOnRefused.value = false;
      keepSignOn?.(signOn);
      client.identify({ SID: signOn.SID });
      if (connection.peek() !== 'idle') client.restart();
    },
    /** Goes on as whoever signed in on another tab. */
    takeUp(SID: string): void {
      if (user.peek()) return;
      client.identify({ SID });
      client.restart();
    },
    dispose: () => {
      for (const stop of stops) stop();
    },
  };
};
