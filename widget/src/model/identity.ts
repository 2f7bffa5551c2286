import { type Company, type Connection, RTCPeerError, type User, type UserLevel } from '@meetframe/contract';
import { batch, createModel, effect, signal } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import type { Emit } from './events.ts';
import type { PageStorage } from './storage.ts';

/**
 * A session id from the page's address (chapter 7), and the user whom it should belong to: the platform's id of the
 * user, or the account.
 */
export type SignOn = { SID: string; uid: string | undefined };
export type IdentityModel = InstanceType<typeof Identity>;

type Account = { user?: User | null; company?: Company | null; level?: UserLevel | null };

/**
 * Who is connected: the app's sign, the user and the server's clock. On the platform's own page `keepSignOn` keeps a
 * sign-on over a reload, and with a `storage` a user stays signed in until signing out.
 */
export const Identity = createModel(
  (deps: {
    client: Client;
    emit: Emit;
    beforeLogout: () => Promise<unknown>;
    keepSignOn?: ((signOn: SignOn | undefined) => void) | undefined;
    storage?: PageStorage | undefined;
  }) => {
    const { client, emit, beforeLogout, keepSignOn, storage } = deps;
    const connection = signal<Connection>('idle');
    const user = signal<User | null>(null);
    const company = signal<Company | null>(null);
    /** Level of the user (2.27). */
    const level = signal<UserLevel | null>(null);
    /** Milliseconds to add to this machine's clock to get the server's. */
    const clockOffset = signal(0);
    /** How long before its start an appointment's room opens, in milliseconds. */
    const openBefore = signal(0);
    /** A user signed in here before, and the server has not yet confirmed that the session is still valid. */
    const restoring = signal(false);
    /** The login was ended elsewhere, or expired. */
    const endedElsewhere = signal(false);
    const failure = signal<RTCPeerError | undefined>(undefined);
    /** The page gave no fresh sign in time: a running meeting goes on, everything new is refused. */
    const expiry = signal<RTCPeerError | undefined>(undefined);
    /** The session id from the address or this tab is not valid: the user goes on as a guest. */
    const signOnRefused = signal(false);
    /** The sign-on from the address, while it is valid. */
    let claim: SignOn | undefined;

    const know = (now: Account): void =>
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
      // The sign-on from the address is independent of the user who signed in here before.
      if (!claim) storage?.keepSID(undefined);
      forgetClaim();
    };
    /** With an invalid session id the user goes on as a guest and is not locked out. */
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
    effect(() =>
      client.onConnection('state', ({ state, error }) =>
        batch(() => {
          connection.value = state;
          failure.value =
            state === 'failed' ? (error ?? new RTCPeerError('DISCONNECTED', 'The connection failed.')) : undefined;
          emit('connectionChanged', { connection: state });
        }),
      ),
    );
    effect(() =>
      client.onConnection('sign', ({ isExpired }) => {
        expiry.value = isExpired
          ? new RTCPeerError('UNAUTHENTICATED', 'The sign has expired, and the page has given no new one.')
          : undefined;
      }),
    );
    let isRelayTold = false;
    effect(() =>
      client.onConnection('hello', ({ unsupported }) => {
        if (!unsupported?.includes('relayServer') || isRelayTold) return;
        isRelayTold = true;
        const message = 'The relayServer is no relay of this platform: media goes directly.';
        emit('failed', { code: 'UNSUPPORTED', message });
      }),
    );
    effect(() =>
      client.onConnection('hello', (answer) => {
        clockOffset.value = client.clockOffset();
        if (claim && !belongsTo(claim.uid, answer.user)) {
          // `SID` and `uid` belong to different users, so neither is used. The connection starts again after this
          // handshake.
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
    );
    effect(() =>
      client.on('account.changed', (now) => {
        if (!now.user) forget();
        batch(() => {
          know(now);
          endedElsewhere.value = !now.user;
        });
      }),
    );

    return {
      connection,
      user,
      company,
      level,
      clockOffset,
      openBefore,
      restoring,
      endedElsewhere,
      signOnRefused,
      async login(input: {
        name: string;
        password: string;
      }): Promise<{ result: number; user?: User; company?: Company }> {
        const answer = await client.call('account.login', input);
        if (answer.result === 0) {
          forgetClaim();
          // Kept for a new session of this frame; it is sent to the server only.
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
      async logout(userId?: number): Promise<{ result: number }> {
        // Checked before the meeting is left.
        const known = user.peek();
        if (known && userId !== undefined && userId !== known.id)
          throw new RTCPeerError('FORBIDDEN', 'userId is not the user who is logged in.', { field: 'userId' });
        await beforeLogout();
        const answer = await client.call('account.logout', userId === undefined ? {} : { userId });
        forget();
        know({});
        return answer;
      },
      /** Why there is no connection and no further attempt. */
      failure,
      expiry,
      /**
       * Connects as the user of a session id (chapter 7); as a guest if it is not valid or does not belong to `uid`.
       */
      signOn(signOn: SignOn): void {
        claim = signOn;
        signOnRefused.value = false;
        keepSignOn?.(signOn);
        client.identify({ SID: signOn.SID });
        if (connection.peek() !== 'idle') client.restart();
      },
      /** Goes on as the user who signed in on another tab. */
      takeUp(SID: string): void {
        if (user.peek()) return;
        client.identify({ SID });
        client.restart();
      },
    };
  },
);
