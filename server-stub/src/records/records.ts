import { createHmac, timingSafeEqual } from 'node:crypto';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MeetingRecord, RecordReason } from '@meetframe/contract/beans';
import { companyNamed } from '../account/company.ts';
import { administers } from '../account/standing.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import { merged } from '../store/merged.ts';
import { contains } from '../store/search.ts';
import type { Store } from '../store/store.ts';
import type { RecordRow, UserRow } from '../store/tables.ts';
import { seek, total } from '../store/tally.ts';
import type { Occurrence, WebhookOutbox } from '../webhooks/outbox.ts';
import { mayRemove, meetingsOf, ownRoomsAmong } from './rights.ts';

/** File names that this service makes. They cannot contain a path. */
const safeName = /^[\w-]{1,100}\.(webm|mp4|mkv|ogg|m4a)$/;
/** Folders of what was captured for a recording that has no file yet. */
const workName = /^work-[\w-]{1,100}$/;

/** How many expired recordings are deleted at once. */
const batch = 100;

type Page = { offset: number; size: number };
type Search = {
  orgId?: number | undefined;
  userId?: number | undefined;
  name?: string | undefined;
  startDate?: number | undefined;
  endDate?: number | undefined;
};

/** What webhooks are told of a recording that can be played. */
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
 * Recordings (2.31, 2.32): rows in the database and files in one folder. A recorder calls `begin`, writes the file at `pathOf`, and
 * calls `finish`.
 */
export const makeRecords = (
  store: Store,
  options: {
    folder: string;
    secret: string;
    linkLife: number;
    log?: Log;
    webhooks: Pick<WebhookOutbox, 'write'>;
  },
) => {
  const mac = (file: string, expires: number) =>
    createHmac('sha256', options.secret).update(`record ${file} ${expires}`).digest('base64url');

  /** The file name with a signature. Until it expires, it gives access to the file without a login. */
  const link = (file: string, now = Date.now()): string => {
    // The expiry is a whole hour, so that the same list gives the same addresses and the browser can use its cache.
    const expires = Math.ceil((now + options.linkLife) / 3600_000) * 3600;
    return `${file}?expires=${expires}&signature=${mac(file, expires)}`;
  };

  const bean = (row: RecordRow, mayDelete: boolean): MeetingRecord => ({
    id: row.id,
    name: row.name,
    comment: link(row.file),
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
    mayDelete,
  });

  const pathOf = (file: string): string =>
    safeName.test(file) ? join(options.folder, file) : fail('NOT_FOUND', 'There is no such recording.');

  /**
   * Removes files of deleted recordings. A file that cannot be removed stays noted in the table and is tried again later. A file that is
   * not here may be in the folder of another server, which then removes it.
   */
  const removeFiles = async (files: readonly string[]): Promise<void> => {
    for (const file of files)
      try {
        if (workName.test(file)) await rm(join(options.folder, file), { recursive: true });
        else await rm(pathOf(file));
        await store.deleteFrom('doomed_file').where('file', '=', file).execute();
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'ENOENT')
          options.log?.warn({ err: error, file }, 'the file of a deleted recording was not removed');
      }
  };

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

  /** Deletes rows, then their files: a file without a row wastes space, a row without a file is a broken recording. */
  const erase = async (rows: readonly { id: number; file: string; folder: string | null }[]): Promise<void> => {
    const files = rows.flatMap(({ file, folder }) => (folder === null ? [file] : [file, folder]));
    const ids = rows.map(({ id }) => id);
    await store.transaction().execute(async (all) => {
      await all.deleteFrom('record').where('id', 'in', ids).execute();
      await all
        .insertInto('doomed_file')
        .values(files.map((file) => ({ file })))
        .onConflict((clash) => clash.column('file').doNothing())
        .execute();
    });
    await removeFiles(files);
  };

  return {
    pathOf,

    async begin(
      input: {
        companyId: number | null;
        roomId: number | null;
        appointmentId: number | null;
        userId: number | null;
        name: string;
        file: string;
        startTime?: number;
      },
      within: Store = store,
    ): Promise<number> {
      pathOf(input.file);
      await mkdir(options.folder, { recursive: true, mode: 0o700 });
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
    ): Promise<void> {
      const { progress, ...rest } = state;
      await store
        .updateTable('record')
        .set({ status: 3, progress: Math.floor(progress), ...rest })
        .where('id', '=', id)
        .execute();
    },

    /**
     * Ends a recording. `failed`: the partial file is kept and listed as broken. `duration` in seconds. `reason`: why it failed or is
     * shorter than the meeting.
     */
    async finish(
      id: number,
      outcome: { duration: number; failed?: boolean; endTime?: number; reason?: RecordReason | null },
    ): Promise<void> {
      const { file, endTime } = await store
        .selectFrom('record')
        .select(['file', 'endTime'])
        .where('id', '=', id)
        .executeTakeFirstOrThrow();
      const size = (await stat(pathOf(file)).catch(() => undefined))?.size ?? 0;
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
      const { orgId: _, ...wishes } = input;
      const isWhole = administers(asker, companyId) && Object.values(wishes).every((wish) => (wish ?? '') === '');
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
      const ownRooms = await ownRoomsAmong(store, found, asker);
      const recordList = found.map((row) => {
        const roomOwnerId = ownRooms.has(row.roomId ?? 0) ? asker.id : null;
        return bean(row, row.status !== 1 && mayRemove({ ...row, roomOwnerId }, asker));
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

    /**
     * Deletes recordings that began before a time (ms since 1970), then the oldest ones until the rest has no more bytes than `bytes`.
     * What is being recorded or processed stays.
     */
    async expire({ before, bytes }: { before?: number | undefined; bytes?: number | undefined }): Promise<void> {
      const oldest = () =>
        store
          .selectFrom('record')
          .leftJoin('record_job', 'record_job.recordId', 'record.id')
          .select(['record.id', 'record.file', 'record.size', 'record_job.folder'])
          .where('record.status', 'in', [0, 2])
          .orderBy('record.startTime')
          .orderBy('record.id')
          .limit(batch);
      if (before !== undefined)
        for (;;) {
          const old = await oldest().where('record.startTime', '<', before).execute();
          if (old.length) await erase(old);
          if (old.length < batch) break;
        }
      if (bytes === undefined) return;
      const { size } = await store
        .selectFrom('record')
        .select((of) => of.fn.sum<number | string | null>('size').as('size'))
        .executeTakeFirstOrThrow();
      for (let over = Number(size ?? 0) - bytes; over > 0; ) {
        const old = await oldest().where('record.size', '>', 0).execute();
        const gone: typeof old = [];
        for (const row of old) {
          if (over <= 0) break;
          gone.push(row);
          over -= row.size;
        }
        if (gone.length) await erase(gone);
        if (old.length < batch) break;
      }
    },

    row: (id: number): Promise<RecordRow | undefined> =>
      store.selectFrom('record').selectAll().where('id', '=', id).executeTakeFirst(),

    /** Notes that a file, or a folder with what was captured, is not needed any more; `removeLeftovers` removes it. */
    async doom(file: string): Promise<void> {
      await store
        .insertInto('doomed_file')
        .values({ file })
        .onConflict((clash) => clash.column('file').doNothing())
        .execute();
    },

    /** Removes files of deleted recordings that are left because the server ended, the disk failed, or another server deleted the rows. */
    async removeLeftovers(): Promise<void> {
      const rows = await store.selectFrom('doomed_file').select('file').execute();
      await removeFiles(rows.map(({ file }) => file));
    },

    /** Path of the file for an address with a valid signature; `undefined` for any other. */
    fileFor(file: string, signature: { expires?: unknown; signature?: unknown }, now = Date.now()): string | undefined {
      const expires = Number(signature.expires);
      if (!safeName.test(file) || !Number.isSafeInteger(expires) || expires * 1000 <= now) return undefined;
      const right = Buffer.from(mac(file, expires));
      const shown = Buffer.from(String(signature.signature));
      return right.length === shown.length && timingSafeEqual(right, shown) ? join(options.folder, file) : undefined;
    },
  };
};
export type Records = ReturnType<typeof makeRecords>;
