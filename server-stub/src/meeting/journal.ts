import { randomUUID } from 'node:crypto';
import { makeInTurn } from '../inTurn.ts';
import type { Store } from '../store/store.ts';
import type { Occurrence, WebhookOutbox } from '../webhooks/outbox.ts';
import type { DoorState } from './door.ts';
import { ended } from './occurrences.ts';

/** How long after its last `seenAt` a meeting whose server was lost can be continued, in milliseconds. */
export const comeBack = 5 * 60_000;

/** A row of the table `meeting`. */
export type Entry = { id: string; startedAt: number } & DoorState;
type Stored = Pick<Entry, 'id' | 'startedAt'> & { readonly door: { readonly state: DoorState } };

/**
 * Stores which meetings run, so that a meeting continues when its server was killed or restarted, and the webhook events about them.
 */
export const makeJournal = (store: Store, webhooks: Pick<WebhookOutbox, 'write' | 'add'>) => {
  /** The events of a meeting are stored in the order in which they happened. */
  const inTurn = makeInTurn<string>();
  /** States of a door are stored one after the other: on several connections an older state could overwrite a newer one. */
  const doorInTurn = makeInTurn<string>();
  return {
    /** The meeting in this room whose server was lost less than `comeBack` ago, but none of `over`; or a new one. */
    async open(
      roomId: number,
      { over = new Set(), now = Date.now() }: { over?: ReadonlySet<string>; now?: number } = {},
    ): Promise<Entry> {
      const lost = await store
        .selectFrom('meeting')
        .select(['id', 'startedAt', 'lockedFor', 'waitingRoom', 'admitted'])
        .where('roomId', '=', roomId)
        .where('endedAt', 'is', null)
        .where('seenAt', '>=', now - comeBack)
        .$if(over.size > 0, (row) => row.where('id', 'not in', [...over]))
        .orderBy('seenAt', 'desc')
        .executeTakeFirst();
      return lost ?? { id: randomUUID(), startedAt: now, lockedFor: null, waitingRoom: null, admitted: null };
    },

    /** Stores the meeting when its first participant enters. */
    async begin({ id, startedAt, door }: Stored, roomId: number): Promise<void> {
      await store
        .insertInto('meeting')
        .values({ id, roomId, startedAt, seenAt: Date.now(), endedAt: null, ...door.state })
        .onConflict((known) => known.column('id').doUpdateSet({ seenAt: Date.now() }))
        .execute();
    },

    /** Stores whether the meeting is locked and has a waiting room, and who is exempt from both. */
    async setDoor({ id, door }: Stored): Promise<void> {
      await doorInTurn(id, () => store.updateTable('meeting').set(door.state).where('id', '=', id).execute());
    },

    /** Records that these meetings still run. */
    async seen(ids: readonly string[]): Promise<void> {
      if (ids.length) await store.updateTable('meeting').set({ seenAt: Date.now() }).where('id', 'in', ids).execute();
    },

    /** Meetings that were lost and whose participants did not come back have ended with their last sign of life. */
    async endLost(now = Date.now()): Promise<void> {
      await webhooks.write(
        (within) =>
          within
            .updateTable('meeting')
            .set((row) => ({ endedAt: row.ref('seenAt') }))
            .where('endedAt', 'is', null)
            .where('seenAt', '<', now - comeBack)
            .returningAll()
            .execute(),
        ended,
      );
    },

    /** Removes meetings that ended before this time (milliseconds since 1970), with their chat. */
    async forget(before: number): Promise<void> {
      const over = await store.selectFrom('meeting').select('id').where('endedAt', '<', before).limit(500).execute();
      const ids = over.map(({ id }) => id);
      if (ids.length === 0) return;
      await store.transaction().execute(async (all) => {
        await all.deleteFrom('chat_message').where('meetingId', 'in', ids).execute();
        await all.deleteFrom('meeting').where('id', 'in', ids).execute();
      });
    },

    async end(id: string): Promise<void> {
      await inTurn(id, () =>
        webhooks.write(
          (within) =>
            within.updateTable('meeting').set({ endedAt: Date.now() }).where('id', '=', id).returningAll().execute(),
          ended,
        ),
      );
    },

    /** Stores something else that happened in a meeting, for webhooks. */
    note: (id: string, occurrence: Occurrence): Promise<void> => inTurn(id, () => webhooks.add(() => [occurrence])),
  };
};
export type Journal = ReturnType<typeof makeJournal>;
