import { randomBytes } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { sql } from 'kysely';
import { fail } from '../errors.ts';
import { makeInTurn } from '../inTurn.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/store.ts';
import { append, requireEnd } from './append.ts';
import type { Records } from './records.ts';
import { makeSigner } from './signer.ts';

/** Names of uploaded recordings begin so; recordings of the server itself have other names. */
const prefix = 'screen-';
export const isUpload = (file: string): boolean => file.startsWith(prefix);
/** Bytes of one recording at most. */
const mostBytes = 16 * 1024 ** 3;

type Begin = {
  companyId: number | null;
  roomId: number | null;
  appointmentId: number | null;
  userId: number | null;
  name: string;
};
export type Uploads = ReturnType<typeof makeUploads>;

/**
 * Recordings that a browser makes and uploads (3.31, 3.32). The file grows by parts, each at the offset where the file
 * ends: a part that comes twice is stored once, and after a break the client asks for the offset and goes on.
 */
export const makeUploads = (
  store: Store,
  records: Pick<Records, 'begin' | 'processing' | 'pathOf'>,
  options: {
    secret: string;
    idleAfter: number;
    log: Pick<Log, 'warn'>;
    /** Leaves the processing of a complete file to a job (`recording/jobs.ts`). */
    addJob(recordId: number, within: Store): Promise<void>;
    /** There is a new job. */
    added(): void;
  },
) => {
  /** One request at a time for each recording. */
  const inTurn = makeInTurn<number>();
  const { sign, isSignatureOf } = makeSigner(options.secret);
  const signed = (id: number, file: string): string => `upload ${id} ${file}`;
  const find = async (id: number) =>
    await store
      .selectFrom('record')
      .select(['id', 'file', 'status', 'startTime'])
      .where('id', '=', id)
      .executeTakeFirst();
  type Row = NonNullable<Awaited<ReturnType<typeof find>>>;

  /** @throws RTCPeerError `NOT_FOUND` for a wrong key, too, so that callers without the key learn nothing */
  const authorized = async (id: number, key: unknown): Promise<Row> => {
    const row = await find(id);
    const isRight = row && isUpload(row.file) && isSignatureOf(signed(id, row.file), key);
    return isRight ? row : fail('NOT_FOUND', 'There is no such upload, or the key is wrong.');
  };
  const sizeOf = async ({ id, file, status }: Row): Promise<number> => {
    const known = await stat(records.pathOf(file)).catch(() => undefined);
    // The client keeps what it has, and tries again.
    if (!known && status === 1)
      throw new Error(
        `The file of upload ${id} is not in RECORDS_DIR: where there are several servers, it must be one folder that all of them see.`,
      );
    return known?.size ?? 0;
  };
  const end = async (row: Row, lastWrite: number): Promise<void> => {
    // If the file has no stored length, use the time that the recording took.
    const duration = Math.max(0, lastWrite - row.startTime) / 1000;
    await store.transaction().execute(async (all) => {
      await records.processing(row.id, { progress: 0, duration, endTime: lastWrite }, all);
      await options.addJob(row.id, all);
    });
    options.added();
  };

  return {
    async begin(input: Begin): Promise<{ recordId: number; key: string }> {
      const file = `${prefix}${randomBytes(12).toString('hex')}.webm`;
      const recordId = await records.begin({ ...input, file });
      await (await open(records.pathOf(file), 'a', 0o600)).close();
      return { recordId, key: sign(signed(recordId, file)) };
    },

    /** How many bytes have been stored, and whether the recording has ended. */
    async state(id: number, key: unknown): Promise<{ offset: number; ended: boolean }> {
      const row = await authorized(id, key);
      return { offset: await sizeOf(row), ended: row.status !== 1 };
    },

    /**
     * Stores a part of the file; resolves when it is on the disk.
     *
     * @throws RTCPeerError `CONFLICT` with `details.offset` where the part does not continue the file, or after its end
     */
    append: (id: number, key: unknown, part: { offset: number; data: Buffer }): Promise<{ offset: number }> =>
      inTurn(id, async () => {
        const row = await authorized(id, key);
        const path = records.pathOf(row.file);
        const size = await sizeOf(row);
        const { offset, data } = part;
        if (row.status !== 1) fail('CONFLICT', 'The recording has ended.', { offset: size, ended: true });
        if (offset + data.length <= size) return { offset: size };
        requireEnd(offset, size);
        if (size + data.length > mostBytes) fail('CONFLICT', 'The recording is too long.', { offset: size });
        return { offset: await append(path, [data], { offset, most: mostBytes }) };
      }),

    /** Ends a recording; a second call changes nothing. */
    finish: (id: number, key: unknown): Promise<void> =>
      inTurn(id, async () => {
        const row = await authorized(id, key);
        if (row.status === 1) await end(row, Date.now());
      }),

    /** Ends recordings for which nothing has arrived for long: the device that made them does not come back. */
    async endIdle(now = Date.now()): Promise<void> {
      const running = await store
        .selectFrom('record')
        .select('id')
        // Written out, so that the index of running recordings is used.
        .where('status', '=', sql.lit(1))
        .where('file', 'like', `${prefix}%`)
        .execute();
      for (const { id } of running)
        await inTurn(id, async () => {
          const row = await find(id);
          if (row?.status !== 1) return;
          // A file that is not here may be in the folder of another server, which then ends the recording.
          const written = await stat(records.pathOf(row.file)).catch(() => undefined);
          if (written && written.mtimeMs + options.idleAfter < now) await end(row, Math.round(written.mtimeMs));
        }).catch((error) => options.log.warn({ err: error, record: id }, 'an upload could not be ended'));
    },
  };
};
