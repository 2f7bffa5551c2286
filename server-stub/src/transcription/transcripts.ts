import type { Author, LossReason, Transcription, TranscriptLine } from '@meetframe/contract/beans';
import type { Insertable } from 'kysely';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

/** How long to wait before sentences that could not be stored are stored again, in ms. */
const retryAfter = 2000;
/** How many sentences wait for the database at most; then the oldest are given up. */
const mostWaiting = 10_000;
/** How many sentences are stored with one statement. */
const batch = 50;

export type Kept = Pick<Transcription, 'state' | 'sessid' | 'by'> & { lines: TranscriptLine[] };
/** The meeting that a transcript belongs to. */
export type About = {
  id: string;
  startedAt: number;
  room: { id: number; companyId: number | null };
  appointment: { id: number } | undefined;
  title: string;
};
type Head = Insertable<Tables['transcript']>;
type Line = Insertable<Tables['transcript_line']>;

const rowOf = (meetingId: string, { bg, ed, client, onebest, lang, trans, lost }: TranscriptLine): Line => ({
  meetingId,
  bg: Number(bg),
  ed: Number(ed),
  clientId: client.id,
  userId: client.userId,
  name: client.name,
  onebest,
  lang: lang ?? null,
  trans: trans ? JSON.stringify(trans) : null,
  lost: lost ?? null,
});

/** The stored sentences of a meeting. `after`, `before`: beginnings in ms, both excluded. */
export const storedLines = async (
  store: Store,
  meetingId: string,
  { after, before, limit }: { after?: number; before?: number; limit?: number } = {},
): Promise<TranscriptLine[]> => {
  let some = store
    .selectFrom('transcript_line')
    .leftJoin('user', 'user.id', 'transcript_line.userId')
    .selectAll('transcript_line')
    .select('user.photo')
    .where('meetingId', '=', meetingId)
    .orderBy('bg');
  if (after !== undefined) some = some.where('bg', '>', after);
  if (before !== undefined) some = some.where('bg', '<', before);
  if (limit !== undefined) some = some.limit(limit);
  return (await some.execute()).map(({ bg, ed, clientId, userId, name, photo, onebest, lang, trans, lost }) => ({
    bg: String(bg),
    ed: String(ed),
    client: { id: clientId, name, pictureurl: photo, userId },
    onebest,
    ...(lang && { lang }),
    ...(trans && { trans: JSON.parse(trans) as Record<string, string> }),
    ...(lost && { lost: lost as LossReason }),
  }));
};

/** Transcripts in the database. Storing never delays a meeting: sentences that cannot be stored now wait and are tried again. */
export const makeTranscripts = (store: Store, log: Log) => {
  let waiting: Line[] = [];
  /** Changed transcripts that are not stored yet, by meeting. Each is stored before its sentences. */
  const changed = new Map<string, Head>();
  let storing: Promise<void> | undefined;
  let isClosed = false;

  const storeHead = async (head: Head): Promise<void> => {
    const { state, endTime, name } = head;
    await store
      .insertInto('transcript')
      .values(head)
      .onConflict((known) => known.column('meetingId').doUpdateSet({ state, endTime, name }))
      .execute();
    if (changed.get(head.meetingId) === head) changed.delete(head.meetingId);
  };
  const storeLines = async (some: readonly Line[]): Promise<void> => {
    // A sentence comes again with each translation; no statement may store it twice.
    const last = new Map(some.map((line) => [`${line.meetingId} ${line.bg}`, line]));
    await store
      .insertInto('transcript_line')
      .values([...last.values()])
      // An earlier attempt may have stored them without an answer.
      .onConflict((known) =>
        known.columns(['meetingId', 'bg']).doUpdateSet((of) => ({ trans: of.ref('excluded.trans') })),
      )
      .execute();
    waiting = waiting.slice(some.length);
  };
  const storeAll = async (): Promise<void> => {
    while (changed.size || waiting.length) {
      try {
        for (const head of [...changed.values()]) await storeHead(head);
        if (waiting.length) await storeLines(waiting.slice(0, batch));
      } catch (error) {
        log.warn({ err: error, waiting: waiting.length }, 'a transcript could not be stored');
        if (isClosed) return;
        await new Promise((done) => setTimeout(done, retryAfter).unref());
        waiting = waiting.slice(-mostWaiting);
      }
    }
  };
  const storeSoon = (): void => {
    storing ??= storeAll().finally(() => {
      storing = undefined;
    });
  };

  return {
    /** What is stored of a meeting that begins, or that continues after its server was lost. */
    async of(meetingId: string): Promise<Kept> {
      const row = await store
        .selectFrom('transcript')
        .selectAll()
        .where('meetingId', '=', meetingId)
        .executeTakeFirst();
      if (!row) return { state: 'off', sessid: null, by: null, lines: [] };
      const by = JSON.parse(row.startedBy) as Author;
      return { state: row.state, sessid: row.sessid, by, lines: await storedLines(store, meetingId) };
    },

    /** Stores that the transcription of a meeting was started, stopped, paused or resumed. */
    note({ id, startedAt, room, appointment, title }: About, { state, sessid, by }: Transcription): void {
      if (!sessid || !by) return;
      changed.set(id, {
        meetingId: id,
        sessid,
        roomId: room.id,
        companyId: room.companyId,
        appointmentId: appointment?.id ?? null,
        userId: by.userId,
        name: title,
        state,
        startedBy: JSON.stringify(by),
        startTime: startedAt,
        endTime: state === 'off' ? Date.now() : null,
      });
      storeSoon();
    },

    /** Stores a sentence soon. */
    add(meetingId: string, line: TranscriptLine): void {
      waiting.push(rowOf(meetingId, line));
      storeSoon();
    },

    /** Resolves once everything is stored, or cannot be. */
    async close(): Promise<void> {
      isClosed = true;
      await storing;
    },
  };
};
export type Transcripts = ReturnType<typeof makeTranscripts>;
