import type { Accounts, Identity } from '../account/account.ts';
import type { UserRow } from '../store/tables.ts';
import type { Caller } from './caller.ts';
import type { Session } from './session.ts';

/** Logs sessions of this node out: whoever is in a meeting leaves it, and the device is told. */
export const endSessions = (sessions: ReadonlyMap<string, Session>, which: (session: Session) => boolean): void => {
  for (const session of sessions.values()) {
    if (!session.user || !which(session)) continue;
    const { participant } = session;
    participant?.meeting.remove(participant, 'loggedOut');
    Object.assign(session, { user: undefined, SID: undefined });
    session.emit('account.changed', { user: null, company: null, level: null });
  }
};

/** A user's data changed: live sessions use it from now on. */
export const refreshSessions = (sessions: ReadonlyMap<string, Session>, row: UserRow, identity: Identity): void => {
  for (const session of sessions.values()) {
    if (session.user?.id !== row.id) continue;
    session.user = row;
    session.emit('account.changed', identity);
  }
};

/** Brings a socket's caller up to date with what the store says of its session id. */
export const makeRefresh =
  (accounts: Accounts, sessions: ReadonlyMap<string, Session>) =>
  async (caller: Caller): Promise<void> => {
    const { session, SID } = caller;
    if (!session || SID === undefined) return;
    const row = await accounts.userOfSID(SID);
    caller.user = row;
    if (row) {
      session.user = row;
      return;
    }
    endSessions(sessions, (each) => each.SID === SID);
    Object.assign(caller, { SID: undefined, participant: session.participant });
  };

/**
 * Ends sessions of this node whose ids were revoked elsewhere: by another node, or on the command line. Connections whose app
 * got another secret or was removed need a new sign; a meeting that they are in goes on.
 */
export const endRevoked = async (accounts: Accounts, sessions: ReadonlyMap<string, Session>): Promise<void> => {
  const signed = [...sessions.values()].filter(({ app }) => app.signed && !app.revoked);
  const keys = await accounts.keysOfApps([...new Set(signed.map(({ app }) => app.id))]);
  for (const { app } of signed) if (keys.get(app.id) !== app.keyId) app.revoked = true;

  const held = new Set([...sessions.values()].flatMap(({ SID }) => (SID === undefined ? [] : [SID])));
  if (held.size === 0) return;
  const living = await accounts.livingSIDs([...held]);
  endSessions(sessions, ({ SID }) => SID !== undefined && held.has(SID) && !living.has(SID));
};
