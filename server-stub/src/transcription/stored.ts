import type { TranscriptFile, TranscriptFormat, TranscriptLine, TranscriptSummary } from '@meetframe/contract/beans';
import { type Selectable, sql } from 'kysely';
import { companyNamed } from '../account/company.ts';
import { administers } from '../account/standing.ts';
import { fail } from '../errors.ts';
import { mayRemove, maySee, meetingsOf, ownRoomsAmong } from '../records/rights.ts';
import { transcribed } from '../records/transcribed.ts';
import { merged } from '../store/merged.ts';
import { contains } from '../store/search.ts';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';
import type { UserRow } from '../users/tables.ts';
import { transcriptFile } from './format.ts';
import { storedLines } from './transcripts.ts';

type Row = Selectable<Tables['transcript']>;
type Search = {
  orgId?: number | undefined;
  name?: string | undefined;
  startDate?: number | undefined;
  endDate?: number | undefined;
};
type Which = { sessid?: string | undefined; recordId?: number | undefined };
/** The part of a transcript that was asked for. `from`, `to`: milliseconds since the meeting began. */
type Part = { row: Row; from: number; to: number; name: string };

const longestPage = 500;

/** True while the meeting runs: the transcript is still written. A state other than `off` alone may be left by a server that was lost. */
const isWritten = ({ state, runs }: { state: string; runs: string | null }): boolean =>
  state !== 'off' && runs !== null;

/** The sentence with its times since `from`. */
const shifted = (line: TranscriptLine, from: number): TranscriptLine => ({
  ...line,
  bg: String(Math.max(0, Number(line.bg) - from)),
  ed: String(Math.max(0, Number(line.ed) - from)),
});

/** Stored transcripts. Users who may see a recording of the meeting may read them; users who may delete it may delete them. */
export const makeStoredTranscripts = (store: Store) => {
  const ownIds = (asker: UserRow) => {
    const ids = () => store.selectFrom('transcript').select('transcript.sessid');
    const { ownRooms, roomsOfMember, appointments } = meetingsOf(store, asker);
    return merged(store, [
      ids().where('userId', '=', asker.id),
      ids().where('roomId', 'in', ownRooms),
      ids().where('roomId', 'in', roomsOfMember),
      ids().where('appointmentId', 'in', appointments),
    ]);
  };

  const refuse = (field: string) =>
    fail('FORBIDDEN', 'Only those who may see recordings of the meeting may read its transcript.', { field });

  const bySessid = async (sessid: string, asker: UserRow): Promise<Part> => {
    const row = await store.selectFrom('transcript').selectAll().where('sessid', '=', sessid).executeTakeFirst();
    if (!row) return fail('NOT_FOUND', 'There is no such transcript.', { field: 'sessid' });
    if (!(await maySee(store, row, asker))) return refuse('sessid');
    return { row, from: 0, to: Number.MAX_SAFE_INTEGER, name: row.name };
  };
  /** The transcript of the meeting that was recorded; `undefined` where it was not transcribed. */
  const byRecord = async (recordId: number, asker: UserRow): Promise<Part | undefined> => {
    const record = await store.selectFrom('record').selectAll().where('id', '=', recordId).executeTakeFirst();
    if (!record) return fail('NOT_FOUND', 'There is no such recording.', { field: 'recordId' });
    if (!(await maySee(store, record, asker))) return refuse('recordId');
    const row = await transcribed(store, [recordId])
      .selectAll('transcript')
      .orderBy('transcript.startTime', 'desc')
      .executeTakeFirst();
    if (!row) return undefined;
    const from = record.startTime - row.startTime;
    return { row, from, to: from + record.duration * 1000, name: record.name };
  };
  const find = async ({ sessid, recordId }: Which, asker: UserRow): Promise<Part | undefined> => {
    if (sessid !== undefined) return await bySessid(sessid, asker);
    if (recordId !== undefined) return await byRecord(recordId, asker);
    return fail('INVALID_ARGUMENT', 'Name the transcript by sessid, or a recording by recordId.', { field: 'sessid' });
  };

  return {
    async search(input: Search, page: { offset: number; size: number }, asker: UserRow) {
      const companyId = await companyNamed(store, asker, input.orgId);
      if (companyId === null) return { transcripts: [], totalCount: 0 };
      let some = store.selectFrom('transcript').where('transcript.companyId', '=', companyId);
      if (!administers(asker, companyId)) some = some.where('transcript.sessid', 'in', ownIds(asker));
      if (input.startDate !== undefined) some = some.where('transcript.startTime', '>=', input.startDate);
      if (input.endDate !== undefined) some = some.where('transcript.startTime', '<=', input.endDate);
      if (input.name) some = some.where(contains('transcript.name', input.name));
      const [{ count }, rows] = await Promise.all([
        some.select((of) => of.fn.countAll<number>().as('count')).executeTakeFirstOrThrow(),
        some
          .leftJoin('meeting', (on) =>
            on.onRef('meeting.id', '=', 'transcript.meetingId').on('meeting.endedAt', 'is', null),
          )
          .selectAll('transcript')
          .select('meeting.id as runs')
          .select(
            sql<number>`(select count(*) from transcript_line as line where line.${sql.ref('meetingId')} = ${sql.ref('transcript.meetingId')})`.as(
              'lines',
            ),
          )
          .orderBy('transcript.startTime', 'desc')
          .orderBy('transcript.sessid')
          .offset(page.offset)
          .limit(page.size)
          .execute(),
      ]);
      const ownRooms = await ownRoomsAmong(store, rows, asker);
      const transcripts = rows.map((row): TranscriptSummary => {
        const roomOwnerId = ownRooms.has(row.roomId ?? 0) ? asker.id : null;
        return {
          sessid: row.sessid,
          name: row.name,
          roomId: row.roomId,
          meetingId: row.appointmentId,
          startTime: new Date(row.startTime).toISOString(),
          endTime: row.endTime === null ? null : new Date(row.endTime).toISOString(),
          lines: Number(row.lines),
          mayDelete: !isWritten(row) && mayRemove({ ...row, roomOwnerId }, asker),
        };
      });
      return { transcripts, totalCount: Number(count) };
    },

    async read(
      { after, limit = longestPage, ...which }: Which & { after?: string | undefined; limit?: number | undefined },
      asker: UserRow,
    ): Promise<{ lines: TranscriptLine[]; more: boolean }> {
      const part = await find(which, asker);
      if (!part) return { lines: [], more: false };
      const { row, from, to } = part;
      const start = after === undefined ? from - 1 : from + Number(after);
      const found = await storedLines(store, row.meetingId, { after: start, before: to, limit: limit + 1 });
      return { lines: found.slice(0, limit).map((line) => shifted(line, from)), more: found.length > limit };
    },

    async file(
      { format, lang, ...which }: Which & { format: TranscriptFormat; lang?: string | undefined },
      asker: UserRow,
    ): Promise<TranscriptFile> {
      const part = await find(which, asker);
      if (!part) return fail('NOT_FOUND', 'The meeting was not transcribed.', { field: 'recordId' });
      const { row, from, to, name } = part;
      const found = await storedLines(store, row.meetingId, { after: from - 1, before: to });
      const lines = found.map((line) => shifted(line, from));
      return transcriptFile({ name, startedAt: row.startTime + from }, lines, { format, lang });
    },

    /** Deletes all of these transcripts or none. Returns false when one does not exist or its meeting is still being transcribed. */
    async remove(sessids: readonly string[], asker: UserRow): Promise<boolean> {
      const unique = [...new Set(sessids)];
      const rows = await store
        .selectFrom('transcript')
        .leftJoin('room', 'room.id', 'transcript.roomId')
        .leftJoin('meeting', (on) =>
          on.onRef('meeting.id', '=', 'transcript.meetingId').on('meeting.endedAt', 'is', null),
        )
        .selectAll('transcript')
        .select(['room.ownerId as roomOwnerId', 'meeting.id as runs'])
        .where('sessid', 'in', unique)
        .execute();
      const known = rows.filter((row) => row.companyId === asker.companyId || asker.role === 'platformAdmin');
      if (known.length < unique.length || known.some(isWritten)) return false;
      if (!known.every((row) => mayRemove(row, asker)))
        fail(
          'FORBIDDEN',
          'Only the user who started it, the owner of the room or an administrator may delete a transcript.',
          { field: 'sessids' },
        );
      await store.deleteFrom('transcript').where('sessid', 'in', unique).execute();
      return true;
    },
  };
};
export type StoredTranscripts = ReturnType<typeof makeStoredTranscripts>;
