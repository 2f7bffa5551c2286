import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';

export type SessionSummary = {
  /** Begin of the hash: names a session and is worth nothing to whoever reads it. */
  id: string;
  userId: number;
  account: string;
  ip: string;
  device: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
};
/** Whose sessions; nothing given means everybody's. */
export type Whose = { userId?: number | undefined; appId?: string | undefined };

const idLength = 12;

/** Sessions as whoever runs the platform sees them. Servers notice within seconds that one was ended. */
export const makeSessionList = (store: Store) => {
  const usersOf = ({ userId, appId }: Whose) => {
    let users = store.selectFrom('user').select('id');
    if (userId !== undefined) users = users.where('id', '=', userId);
    if (appId !== undefined) users = users.where('appId', '=', appId);
    return users;
  };

  return {
    /** Those used last come first. */
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
      if (found.length > 1) fail('CONFLICT', `${id} begins more than one session; give more of it.`);
      await store
        .deleteFrom('session')
        .where('hash', '=', found[0]?.hash ?? '')
        .execute();
    },

    /** Answers how many ended. */
    async endAll(whose: Whose): Promise<number> {
      const { numDeletedRows } = await store
        .deleteFrom('session')
        .where('userId', 'in', usersOf(whose))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
};
