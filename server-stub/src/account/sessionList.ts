import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';

export type SessionSummary = {
  /** Length of the prefix of the hash that names a session in lists. It cannot be used to log in. */
  id: string;
  userId: number;
  account: string;
  ip: string;
  device: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
};
/** Selects sessions. Without any field all sessions are selected. */
export type Whose = { userId?: number | undefined; appId?: string | undefined };

const idLength = 12;

/** The sessions as administrators of the platform list and end them. Running servers notice an ended session within seconds. */
export const makeSessionList = (store: Store) => {
  const usersOf = ({ userId, appId }: Whose) => {
    let users = store.selectFrom('user').select('id');
    if (userId !== undefined) users = users.where('id', '=', userId);
    if (appId !== undefined) users = users.where('appId', '=', appId);
    return users;
  };

  return {
    /** The most recently used come first. */
    async list(whose: Whose, size: number): Promise<SessionSummary[]> {
      const rows = await store
        .selectFrom('session')
        .innerJoin('user', 'user.id', 'session.userId')
        .select(['hash', 'userId', 'account', 'ip', 'device', 'session.createdAt', 'lastSeenAt', 'expiresAt'])
        .where('expiresAt', '>', Date.now())
        .where('userId', 'in', usersOf(whose))
        .orderBy('lastSeenAt', 'desc')
        .limit(size)
        .execute();
      return rows.map(({ hash, ...row }) => ({ id: hash.slice(0, idLength), ...row }));
    },

    async end(id: string): Promise<void> {
      if (!/^[0-9a-f]{8,64}$/.test(id)) fail('INVALID_ARGUMENT', `"${id}" is no id of a session; see session list.`);
      const found = await store.selectFrom('session').select('hash').where('hash', 'like', `${id}%`).limit(2).execute();
      if (found.length === 0) fail('NOT_FOUND', `There is no session ${id}.`);
      if (found.length > 1) fail('CONFLICT', `Several sessions begin with ${id}; give more characters.`);
      await store
        .deleteFrom('session')
        .where('hash', '=', found[0]?.hash ?? '')
        .execute();
    },

    /** Ends the selected sessions. Returns how many. */
    async endAll(whose: Whose): Promise<number> {
      const { numDeletedRows } = await store
        .deleteFrom('session')
        .where('userId', 'in', usersOf(whose))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
};
