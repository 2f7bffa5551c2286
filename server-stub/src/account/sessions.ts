import { createHash, randomBytes } from 'node:crypto';
import type { Store } from '../store/store.ts';
import { written } from '../store/written.ts';
import type { UserRow } from '../users/tables.ts';

/** What the database, and other nodes, know of a session id. */
export const digest = (SID: string): string => createHash('sha256').update(SID).digest('hex');
const hour = 3600_000;

/** The address and terminal from which a user logs in. */
export type Place = { ip: string; userAgent?: string | undefined };

export type SessionLife = {
  /** How long a session lasts that is not used, in milliseconds. */
  idle: number;
  /** How long a session lasts at most, in milliseconds. */
  absolute: number;
};

/** Session ids (SID): 256 random bits. The database stores only their hashes. */
export const makeSessions = (store: Store, life: SessionLife) => {
  /** Each use extends a session, but `lastSeenAt` is stored at most once per this interval, in ms. */
  const noteEvery = Math.min(hour, life.idle / 4);
  const end = (createdAt: number, now: number) => Math.min(createdAt + life.absolute, now + life.idle);

  /** Stores the time of a use. If it cannot be stored now, because of a lock or a full disk, a later use stores its own time. */
  const note = async (session: { hash: string; createdAt: number; lastSeenAt: number }, now: number): Promise<void> => {
    const noting = store
      .updateTable('session')
      .set({ lastSeenAt: now, expiresAt: end(session.createdAt, now) })
      .where('hash', '=', session.hash)
      .where('lastSeenAt', '=', session.lastSeenAt)
      .execute();
    await written(noting, () => {});
  };

  return {
    async open(userId: number, { ip, userAgent = '' }: Place, within: Store = store): Promise<string> {
      const SID = randomBytes(32).toString('base64url');
      const now = Date.now();
      await within
        .insertInto('session')
        .values({
          hash: digest(SID),
          userId,
          createdAt: now,
          lastSeenAt: now,
          expiresAt: end(now, now),
          ip,
          device: userAgent.slice(0, 200),
        })
        .execute();
      return SID;
    },

    /** The user of a valid session, or `undefined`. Counts as use of the session. */
    async userOf(SID: string): Promise<UserRow | undefined> {
      const hash = digest(SID);
      const now = Date.now();
      const found = await store
        .selectFrom('session')
        .innerJoin('user', 'user.id', 'session.userId')
        .selectAll('user')
        .select(['session.createdAt as openedAt', 'session.lastSeenAt'])
        .where('session.hash', '=', hash)
        .where('session.expiresAt', '>', now)
        .where('user.deletedAt', 'is', null)
        .executeTakeFirst();
      if (!found) return undefined;
      const { openedAt, lastSeenAt, ...user } = found;
      if (now - lastSeenAt >= noteEvery) await note({ hash, createdAt: openedAt, lastSeenAt }, now);
      return user;
    },

    /** Those of the given session ids that are still valid. They belong to connected devices, so this counts as use. */
    async living(SIDs: readonly string[]): Promise<Set<string>> {
      const byHash = new Map(SIDs.map((SID) => [digest(SID), SID]));
      const living = new Set<string>();
      const hashes = [...byHash.keys()];
      const now = Date.now();
      for (let start = 0; start < hashes.length; start += 500) {
        const rows = await store
          .selectFrom('session')
          .select(['hash', 'createdAt', 'lastSeenAt'])
          .where('hash', 'in', hashes.slice(start, start + 500))
          .where('expiresAt', '>', now)
          .execute();
        for (const { hash, createdAt, lastSeenAt } of rows) {
          living.add(byHash.get(hash) as string);
          if (now - lastSeenAt >= noteEvery) await note({ hash, createdAt, lastSeenAt }, now);
        }
      }
      return living;
    },

    async end(SID: string): Promise<void> {
      await store.deleteFrom('session').where('hash', '=', digest(SID)).execute();
    },

    /** Ends all sessions of a user but one. */
    async endOthers(userId: number, keepSID: string | undefined, within: Store = store): Promise<void> {
      await within
        .deleteFrom('session')
        .where('userId', '=', userId)
        .where('hash', '!=', keepSID === undefined ? '' : digest(keepSID))
        .execute();
    },

    async removeExpired(now = Date.now()): Promise<void> {
      await store.deleteFrom('session').where('expiresAt', '<=', now).execute();
    },
  };
};
