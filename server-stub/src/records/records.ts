import { mkdir, stat } from 'node:fs/promises';
import type { MeetingRecord, RecordReason } from '@meetframe/contract/beans';
import { companyNamed } from '../account/company.ts';
import { administers } from '../account/standing.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import { merged } from '../store/merged.ts';
import { contains } from '../store/search.ts';
import type { Store } from '../store/store.ts';
import { seek, total } from '../store/tally.ts';
import type { UserRow } from '../users/tables.ts';
import type { Occurrence, WebhookOutbox } from '../webhooks/outbox.ts';
import { makeFileBeans } from './files.ts';
import type { Links } from './links.ts';
import { makeRemoval } from './removal.ts';
import { mayRemove, meetingsOf, ownRoomsAmong } from './rights.ts';
import type { Storage } from './storage.ts';
import type { RecordRow } from './tables.ts';
import { transcribed } from './transcribed.ts';

type Page = { offset: number; size: number };
type Search = {
  orgId?: number | undefined;
  userId?: number | undefined;
  name?: string | undefined;
  startDate?: number | undefined;
  endDate?: number | undefined;
};

/** The webhook event for a recording that can be played. */
const ready = (row: RecordRow): Occurrence => ({
  event: 'recording.ready',
  subject: `recording ${row.id}`,
  key: `recording_ready_${row.id}`,
  time: row.endTime ?? row.startTime,
  companyIds: [row.companyId],
  data: () => ({
    recordId: row.id,
    name: row.name,
    roomId: row.roomId,
    appointmentId: row.appointmentId,
    userId: row.userId,
    startTime: new Date(row.startTime).toISOString(),
    endTime: row.endTime === null ? null : new Date(row.endTime).toISOString(),
    duration: row.duration,
    size: row.size,
  }),
});

/**
 * Recordings (2.31, 2.32): rows in the database and files. A recorder calls `begin`, writes the file at `pathOf`, and calls `finish`, where
 * there is an object storage after it has given the file to `storage.keep`.
 */
export const makeRecords = (
  store: Store,
  options: {
    storage: Storage;
    links: Links;
    log?: Log;
    webhooks: Pick<WebhookOutbox, 'write'>;
  },
) => {
  const { storage, links } = options;
  const { pathOf } = storage;
  const { filesOf } = makeFileBeans(store, links);
  const { erase, ...removal } = makeRemoval(store, { storage, log: options.log });

  const bean = (
    row: RecordRow,
    { mayDelete, files, hasTranscript }: Pick<MeetingRecord, 'mayDelete' | 'files' | 'hasTranscript'>,
  ): MeetingRecord => ({
    id: row.id,
    name: row.name,
    comment: links.link(row.file),
    duration: row.duration,
    size: row.size,
    status: row.status,
    progress: row.status === 3 ? (row.progress ?? 0) : null,
    reason: row.reason,
    startTime: new Date(row.startTime).toISOString(),
    endTime: row.endTime === null ? null : new Date(row.endTime).toISOString(),
    roomId: row.roomId,
    meetingId: row.appointmentId,
    userId: row.userId,
    ...{ mayDelete, files, hasTranscript },
  });

  /** The recordings that the user may list: administrators all of the company, others those of their own meetings. */
  const visible = (companyId: number, asker: UserRow) => {
    if (administers(asker, companyId)) return store.selectFrom('record').where('record.companyId', '=', companyId);
    const ids = () => store.selectFrom('record').select('record.id');
    const { ownRooms, roomsOfMember, appointments } = meetingsOf(store, asker);
    const own = merged(store, [
      ids().where('userId', '=', asker.id),
      ids().where('roomId', 'in', ownRooms),
      ids().where('roomId', 'in', roomsOfMember),
      ids().where('appointmentId', 'in', appointments),
    ]);
    // A cross join, because SQLite keeps its order: start from these few rows and do not scan all recordings of the company.
    return store
      .selectFrom(own.as('own'))
      .crossJoin('record')
      .whereRef('record.id', '=', 'own.id')
      .where('record.companyId', '=', companyId);
  };

  return {
    pathOf,
    isOpenedBy: links.isOpenedBy,
    ...removal,

    async begin(
      input: Pick<RecordRow, 'companyId' | 'roomId' | 'appointmentId' | 'userId' | 'name' | 'file'> & {
        startTime?: number;
      },
      within: Store = store,
    ): Promise<number> {
      pathOf(input.file);
      await mkdir(storage.folder, { recursive: true, mode: 0o700 });
      const { id } = await within
        .insertInto('record')
        .values({
          startTime: Date.now(),
          ...input,
          ...{ duration: 0, size: 0, status: 1, endTime: null, progress: null, reason: null },
        })
        .returning('id')
        .executeTakeFirstOrThrow();
      return id;
    },

    /** Capturing has ended and a file is being made of it; or, called again, how far that is, in per cent, or why it waits. */
    async processing(
      id: number,
      state: { progress: number; reason?: RecordReason | null; endTime?: number; duration?: number },
      within: Store = store,
    ): Promise<void> {
      const { progress, ...rest } = state;
      await within
        .updateTable('record')
        .set({ status: 3, progress: Math.floor(progress), ...rest })
        .where('id', '=', id)
        // A progress report may arrive after the recording has become ready.
        .where('status', '<>', 0)
        .execute();
    },

    /**
     * Ends a recording. `failed`: the partial file is kept and listed as broken. `duration` in seconds. `reason`: why it failed or is
     * shorter than the meeting. `size`: of the file, unless it is still in the folder.
     */
    async finish(
      id: number,
      outcome: { duration: number; failed?: boolean; endTime?: number; reason?: RecordReason | null; size?: number },
    ): Promise<void> {
      const row = await store.selectFrom('record').select(['file', 'endTime']).where('id', '=', id).executeTakeFirst();
      // Deleted meanwhile, with its company for instance.
      if (!row) return;
      const { file, endTime } = row;
      const size = outcome.size ?? (await stat(pathOf(file)).catch(() => undefined))?.size ?? 0;
      await options.webhooks.write(
        (within) =>
          within
            .updateTable('record')
            .set({
              size,
              duration: outcome.duration,
              status: outcome.failed || size === 0 ? 2 : 0,
              endTime: outcome.endTime ?? endTime ?? Date.now(),
              progress: null,
              ...(outcome.reason === undefined ? {} : { reason: outcome.reason }),
            })
            .where('id', '=', id)
            .returningAll()
            .executeTakeFirst(),
        (row) => (row?.status === 0 ? [ready(row)] : []),
      );
    },

    async search(input: Search, page: Page, asker: UserRow) {
      const companyId = await companyNamed(store, asker, input.orgId);
      if (companyId === null) return { recordList: [], totalCount: 0 };
      let some = visible(companyId, asker);
      if (input.userId !== undefined) some = some.where('record.userId', '=', input.userId);
      if (input.startDate !== undefined) some = some.where('record.startTime', '>=', input.startDate);
      if (input.endDate !== undefined) some = some.where('record.startTime', '<=', input.endDate);
      if (input.name) some = some.where(contains('record.name', input.name));
      const { orgId: _, ...filters } = input;
      const isWhole = administers(asker, companyId) && Object.values(filters).every((filter) => (filter ?? '') === '');
      const counted = async () =>
        isWhole
          ? await total(store, 'record', companyId)
          : (await some.select((of) => of.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()).count;
      const rows = async () => {
        const { to, skip } = isWhole
          ? await seek(store, { list: 'record', owner: companyId, offset: page.offset, order: 'desc' })
          : { to: Number.MAX_SAFE_INTEGER, skip: page.offset };
        return await some
          .where('record.startTime', '<', to)
          .selectAll('record')
          .orderBy('record.startTime', 'desc')
          .orderBy('record.id', 'desc')
          .offset(skip)
          .limit(page.size)
          .execute();
      };
      const [totalCount, found] = await Promise.all([counted(), rows()]);
      const ids = found.map(({ id }) => id);
      const [ownRooms, files, transcripts] = await Promise.all([
        ownRoomsAmong(store, found, asker),
        filesOf(found),
        ids.length ? transcribed(store, ids).select('record.id').execute() : [],
      ]);
      const said = new Set(transcripts.map(({ id }) => id));
      const recordList = found.map((row) => {
        const roomOwnerId = ownRooms.has(row.roomId ?? 0) ? asker.id : null;
        return bean(row, {
          mayDelete: row.status !== 1 && mayRemove({ ...row, roomOwnerId }, asker),
          files: files.get(row.id) ?? [],
          hasTranscript: said.has(row.id),
        });
      });
      return { recordList, totalCount: Number(totalCount) };
    },

    /** Deletes all of these recordings or none. Returns false when one does not exist or is still being recorded. */
    async remove(ids: readonly number[], asker: UserRow): Promise<boolean> {
      const unique = [...new Set(ids)];
      const rows = await store
        .selectFrom('record')
        .leftJoin('room', 'room.id', 'record.roomId')
        .leftJoin('record_job', 'record_job.recordId', 'record.id')
        .selectAll('record')
        .select(['room.ownerId as roomOwnerId', 'record_job.folder'])
        .where('record.id', 'in', unique)
        .execute();
      const known = rows.filter((row) => row.companyId === asker.companyId || asker.role === 'platformAdmin');
      if (known.length < unique.length || known.some(({ status }) => status === 1)) return false;
      if (!known.every((row) => mayRemove(row, asker)))
        fail(
          'FORBIDDEN',
          'Only the user who recorded, the owner of the room or an administrator may delete a recording.',
          {
            field: 'recordIds',
          },
        );
      await erase(known);
      return true;
    },

    row: (id: number): Promise<RecordRow | undefined> =>
      store.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirst(),
  };
};
export type Records = ReturnType<typeof makeRecords>;
