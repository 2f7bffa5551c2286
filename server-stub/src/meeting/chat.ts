import { setTimeout as wait } from 'node:timers/promises';
import type { ChatFile, ChatMessage, Quote } from '@meetframe/contract/beans';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Links } from '../records/links.ts';
import { takesNoWrites } from '../store/faults.ts';
import type { Store } from '../store/store.ts';
import { type FileRow, fileBean } from './files/bean.ts';
import type { Meeting } from './meeting.ts';
import type { Participant } from './participant.ts';

/** How many chat lines a participant receives on entering. */
const keptLines = 200;

/** How long a line waits to be stored before it is sent anyway, in milliseconds. */
const patience = 40;
/** Ids of lines that were sent before they were stored; the database counts from 1. */
const firstProvisional = 2 ** 30;

/** A chat message as a participant sends it: a text, or a file with its name as the text. `replyTo`: id of a chat message. */
export type Said = { content: string; file?: ChatFile | undefined; replyTo?: number | undefined };
/** How many characters of a chat message a reply quotes. */
const quoted = 150;

/** The quote of the chat message that is replied to. @throws RTCPeerError `NOT_FOUND` */
export const quoteOf = (lines: readonly ChatMessage[], id: number): Quote => {
  const { userId, client, content } =
    lines.find((line) => line.id === id) ??
    fail('NOT_FOUND', 'There is no such chat message, or not all recipients have it.', { field: 'replyTo' });
  return { id, userId, name: client.name, content: [...content.slice(0, 2 * quoted)].slice(0, quoted).join('') };
};

/** The chat of meetings. Each line is stored before it is sent to the participants, unless that takes too long. */
export const makeChat = (store: Store, log: Log, links: Links) => {
  let provisional = firstProvisional;
  const nextId = (): number => ++provisional;
  const unkept = (error: unknown) => {
    if (!takesNoWrites(error)) throw error;
    return { id: nextId(), kept: false };
  };
  return {
    /** The latest lines of a meeting, oldest first. */
    async history(meetingId: string): Promise<ChatMessage[]> {
      const rows = await store
        .selectFrom('chat_message')
        .leftJoin('user', 'user.id', 'chat_message.userId')
        .leftJoin('chat_file', 'chat_file.id', 'chat_message.fileId')
        .select([
          'chat_message.id',
          'roomId',
          'chat_message.clientId',
          'userId',
          'chat_message.name',
          'content',
          'time',
        ])
        .select(['photo', 'replyTo', 'fileId', 'file', 'chat_file.name as fileName', 'size', 'type', 'width', 'height'])
        .where('chat_message.meetingId', '=', meetingId)
        .orderBy('chat_message.id', 'desc')
        .limit(keptLines)
        .execute();
      return rows.reverse().map((row) => {
        const { id, roomId, clientId, userId, name, content, time, photo, replyTo, ...of } = row;
        const client = { id: clientId, name, pictureurl: photo, userId };
        return {
          ...{ id, userId: clientId, roomId, content, client, time },
          ...(replyTo !== null && { replyTo: JSON.parse(replyTo) }),
          ...(of.file !== null && { file: fileBean({ ...of, id: of.fileId, name: of.fileName } as FileRow, links) }),
        };
      });
    },

    /** @throws RTCPeerError `NOT_FOUND` when `replyTo` is not a chat message that all participants have */
    async say({ id: meetingId, room, chat, tell }: Meeting, { author }: Participant, said: Said): Promise<ChatMessage> {
      const [roomId, time] = [room.id, Date.now()];
      const { content, file, replyTo: id } = said;
      const replyTo = id === undefined ? undefined : quoteOf(chat, id);
      const more = { ...(file && { file }), ...(replyTo && { replyTo }) };
      const line = {
        ...{ meetingId, roomId, clientId: author.id, userId: author.userId, name: author.name, content, time },
        fileId: file?.id ?? null,
        replyTo: replyTo ? JSON.stringify(replyTo) : null,
      };
      const stored = store
        .insertInto('chat_message')
        .values(line)
        .returning('id')
        .executeTakeFirstOrThrow()
        .then(({ id }): { id: number; kept?: boolean } => ({ id }), unkept);
      // A lock of the database does not delay the chat: the line is delivered with a provisional id. The answer still waits until it is stored.
      const early = await Promise.race([stored, wait(patience, undefined, { ref: false })]);
      const message: ChatMessage = {
        ...{ userId: author.id, roomId, content, client: author, time, ...more },
        ...(early ?? { id: nextId() }),
      };
      chat.push(message);
      if (chat.length > keptLines) chat.shift();
      tell('meeting.onChat', message);
      if (early) return message;
      const { kept } = await stored.catch((error: unknown) => {
        log.warn({ err: error, roomId }, 'a chat message could not be stored');
        return { kept: false };
      });
      return kept === false ? { ...message, kept } : message;
    },
  };
};
export type Chat = ReturnType<typeof makeChat>;
