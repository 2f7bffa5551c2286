import { randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { ChatMessage } from '@meetframe/contract/beans';
import { mostUploads } from '@meetframe/contract/meeting/chatFiles';
import { fail } from '../../errors.ts';
import { makeInTurn } from '../../inTurn.ts';
import type { Log } from '../../log.ts';
import { append, requireEnd, sizeOf } from '../../records/append.ts';
import type { Links } from '../../records/links.ts';
import type { Records } from '../../records/records.ts';
import { makeSigner } from '../../records/signer.ts';
import { requireSpace } from '../../records/space.ts';
import type { Storage } from '../../records/storage.ts';
import type { Store } from '../../store/store.ts';
import type { Chat } from '../chat.ts';
import type { Held, Meetings } from '../meetings.ts';
import { fileBean, linkOf } from './bean.ts';
import { kindOfFile, other } from './picture.ts';
import { type Quota, requireRoom } from './quota.ts';

/** How long an announced file may take until it is sent, in milliseconds. */
const sentWithin = 3600_000;
/** How long a file is kept whose meeting is not stored in the database yet, in milliseconds. */
const untilStored = 600_000;

/** A file that was announced and is not sent yet. */
type Upload = Held & {
  id: number;
  file: string;
  name: string;
  size: number;
  to: number | undefined;
  createdAt: number;
};
type Options = {
  store: Store;
  records: Pick<Records, 'removeLater' | 'removeLeftovers'>;
  storage: Storage;
  links: Links;
  meetings: Pick<Meetings, 'events' | 'all'>;
  chat: Chat;
  log: Pick<Log, 'warn'>;
  quota: Quota;
  secret: string;
  /** Bytes that stay free on the disk. */
  leaveFree: number;
};

/**
 * Files in the chat. A participant announces one, uploads its bytes over HTTP, part by part, and sends it as a chat message. The
 * upload ends when the participant leaves.
 */
export const makeChatFiles = (options: Options) => {
  const { store, records, storage, links, meetings, chat, log, quota, secret, leaveFree } = options;
  const uploads = new Map<number, Upload>();
  /** One request at a time for each upload; announcements one after the other, so that each counts those before. */
  const inTurn = makeInTurn<number | 'announce'>();
  const leaving = new AbortController();

  const { sign, isSignatureOf } = makeSigner(secret);
  const signed = ({ id, file }: Upload): string => `chat file ${id} ${file}`;
  /** @throws RTCPeerError `NOT_FOUND` for a wrong key, too, so that callers without the key learn nothing */
  const authorized = (id: number, key: unknown): Upload => {
    const upload = uploads.get(id);
    return upload && isSignatureOf(signed(upload), key)
      ? upload
      : fail('NOT_FOUND', 'There is no such upload, or the key is wrong.');
  };
  const erase = async (rows: readonly { id: number; file: string }[]): Promise<void> => {
    if (rows.length === 0) return;
    await store.transaction().execute(async (all) => {
      const ids = rows.map(({ id }) => id);
      await all.deleteFrom('chat_file').where('id', 'in', ids).execute();
      await records.removeLater(
        rows.map(({ file }) => file),
        all,
      );
    });
    await records.removeLeftovers();
  };
  const discard = (upload: Upload): Promise<void> => {
    uploads.delete(upload.id);
    return inTurn(upload.id, () => erase([upload])).catch((error) =>
      log.warn({ err: error }, 'an unfinished file of the chat could not be deleted'),
    );
  };
  const keep = async ({ id, file }: { id: number; file: string }): Promise<void> => {
    if (!storage.objects || !(await storage.isHere(file))) return;
    await storage.keep(file, leaving.signal);
    await store.updateTable('chat_file').set({ isKept: 1 }).where('id', '=', id).execute();
  };
  const keepLater = (row: { id: number; file: string }): void => {
    keep(row).catch((error) => log.warn({ err: error }, 'a file of the chat is not in the object storage yet'));
  };

  meetings.events.on('left', (_, participant) => {
    for (const upload of uploads.values()) if (upload.participant === participant) void discard(upload);
  });

  return {
    /** Limits for files; `undefined` where the platform takes no files. */
    limits: quota.largest > 0 ? { largest: quota.largest } : undefined,

    /** Announces a file. */
    begin: (held: Held, input: { name: string; size: number; otherUserId?: number | undefined }) =>
      inTurn('announce', async () => {
        const { meeting, participant } = held;
        const { name, size, otherUserId: to } = input;
        if (to !== undefined) meeting.privateChat.recipient(participant, to);
        const { companyId } = meeting.room;
        const place = { meetingId: meeting.id, companyId, clientId: participant.id, size };
        const own = [...uploads.values()].filter((upload) => upload.participant === participant);
        if (own.length >= mostUploads)
          fail('CONFLICT', `At most ${mostUploads} files can be uploaded at once.`, { reason: 'uploads' });
        await requireRoom(store, quota, place);
        await requireSpace(storage.folder, leaveFree + size, 'No file can be taken');
        const file = `chat-${randomBytes(16).toString('hex')}.bin`;
        await (await open(storage.pathOf(file), 'a', 0o600)).close();
        const createdAt = Date.now();
        const { id } = await store
          .insertInto('chat_file')
          .values({ ...place, ...other, file, name, createdAt, isPrivate: Number(to !== undefined) })
          .returning('id')
          .executeTakeFirstOrThrow();
        const upload = { ...held, id, file, name, size, to, createdAt };
        // The participant left while the row was being stored, too early for the listener that ends uploads.
        if (meeting.participants.get(participant.id) !== participant) {
          await erase([upload]);
          fail('NOT_IN_MEETING', 'Enter a meeting first.');
        }
        uploads.set(id, upload);
        return { fileId: id, key: sign(signed(upload)) };
      }),

    /** How many bytes have arrived. */
    async state(id: number, key: unknown): Promise<{ offset: number }> {
      return { offset: await sizeOf(storage.pathOf(authorized(id, key).file)) };
    },

    /** Takes bytes as they arrive, from `offset` on; resolves when they are on the disk. */
    append: (id: number, key: unknown, part: { offset: number; bytes: AsyncIterable<Uint8Array> }) =>
      inTurn(id, async () => {
        const { file, size } = authorized(id, key);
        const path = storage.pathOf(file);
        const before = await sizeOf(path);
        requireEnd(part.offset, before);
        const offset = await append(path, part.bytes, { offset: before, most: size });
        // The upload may have ended while the bytes arrived.
        authorized(id, key);
        return { offset };
      }),

    /** Cancels an upload. */
    cancel: (id: number, key: unknown): Promise<void> => discard(authorized(id, key)),

    /** Sends an uploaded file as a chat message. */
    finish: ({ participant, meeting }: Held, id: number): Promise<ChatMessage> =>
      inTurn(id, async () => {
        const upload = uploads.get(id);
        if (upload?.participant !== participant)
          return fail('NOT_FOUND', 'There is no such upload.', { field: 'fileId' });
        const { file, name, size, to } = upload;
        const path = storage.pathOf(file);
        const offset = await sizeOf(path);
        if (offset !== size) fail('CONFLICT', `${size - offset} bytes are missing.`, { offset });
        if (to !== undefined) meeting.privateChat.recipient(participant, to);
        const kind = await kindOfFile(path);
        await store
          .updateTable('chat_file')
          .set({ ...kind, sentAt: Date.now() })
          .where('id', '=', id)
          .execute();
        uploads.delete(id);
        keepLater(upload);
        const bean = fileBean({ id, file, name, size, ...kind }, links);
        if (to === undefined) return await chat.say(meeting, participant, { content: name, file: bean });
        const line = { otherUserId: to, roomId: meeting.room.id, content: name, file: bean };
        return meeting.privateChat.say(participant, line, meeting.chat);
      }),

    /** A fresh link. @throws RTCPeerError `NOT_FOUND`, for files of other meetings and of others' private lines, too */
    async link({ participant, meeting }: Held, fileId: number): Promise<string> {
      const row = await store
        .selectFrom('chat_file')
        .select(['file', 'isPrivate'])
        .where('id', '=', fileId)
        .where('meetingId', '=', meeting.id)
        .where('sentAt', 'is not', null)
        .executeTakeFirst();
      const isOwn = () => meeting.privateChat.of(participant.id).some((line) => line.file?.id === fileId);
      if (!row || (row.isPrivate === 1 && !isOwn()))
        return fail('NOT_FOUND', 'There is no such file in the chat.', { field: 'fileId' });
      return linkOf(row.file, links);
    },

    /** The file of a signed address. */
    async opened(file: string, query: Record<string, unknown>) {
      if (!links.isOpenedBy(file, query)) return undefined;
      return await store
        .selectFrom('chat_file')
        .select(['file', 'name', 'type'])
        .where('file', '=', file)
        .where('sentAt', 'is not', null)
        .executeTakeFirst();
    },

    /**
     * Deletes files that were not sent in time, private ones of meetings that are over, and those of meetings that are forgotten; gives what
     * is left to the object storage.
     */
    async tidy(now = Date.now()): Promise<void> {
      for (const upload of uploads.values()) if (upload.createdAt < now - sentWithin) await discard(upload);
      const running = [...meetings.all()].map(({ id }) => id);
      const rows = await store
        .selectFrom('chat_file')
        .leftJoin('meeting', 'meeting.id', 'chat_file.meetingId')
        .select(['chat_file.id', 'file'])
        .where((row) =>
          row.or([
            row.and([row('sentAt', 'is', null), row('createdAt', '<', now - sentWithin)]),
            row.and([
              ...(running.length ? [row('chat_file.meetingId', 'not in', running)] : []),
              row.or([
                row.and([row('isPrivate', '=', 1), row('endedAt', 'is not', null)]),
                row.and([row('meeting.id', 'is', null), row('createdAt', '<', now - untilStored)]),
              ]),
            ]),
          ]),
        )
        .limit(500)
        .execute();
      await erase(rows);
      if (!storage.objects) return;
      const waiting = await store
        .selectFrom('chat_file')
        .select(['id', 'file'])
        .where('isKept', '=', 0)
        .where('sentAt', '<', now - untilStored)
        .limit(50)
        .execute();
      for (const row of waiting) await keep(row);
    },

    /** Stops passing files to the object storage. */
    close: (): void => leaving.abort(),
  };
};
export type ChatFiles = ReturnType<typeof makeChatFiles>;
