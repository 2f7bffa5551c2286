import { setTimeout as wait } from 'node:timers/promises';
import type { ChatMessage } from '@meetframe/contract/beans';
import type { Log } from '../log.ts';
import { takesNoWrites } from '../store/faults.ts';
import type { Store } from '../store/store.ts';
import type { Meeting } from './meeting.ts';
import type { Participant } from './participant.ts';

/** How many chat lines a participant receives on entering. */
export const keptLines = 200;

/** How long a line waits to be stored before it is sent all the same, in milliseconds. */
const patience = 40;
/** Ids of lines that were sent before they were stored; the database counts from 1. */
const firstProvisional = 2 ** 30;

/** The chat of meetings. Each line is stored before it is sent to the participants, unless that takes too long. */
export const makeChat = (store: Store, log: Log) => {
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
        .select(['chat_message.id', 'roomId', 'clientId', 'userId', 'chat_message.name', 'content', 'time', 'photo'])
        .where('meetingId', '=', meetingId)
        .orderBy('chat_message.id', 'desc')
        .limit(keptLines)
        .execute();
      return rows.reverse().map(({ id, roomId, clientId, userId, name, content, time, photo }) => ({
        id,
        userId: clientId,
        roomId,
        content,
        client: { id: clientId, name, pictureurl: photo, userId },
        time,
      }));
    },

    async say({ id: meetingId, room, chat, tell }: Meeting, { author }: Participant, content: string) {
      const [roomId, time] = [room.id, Date.now()];
      const line = { meetingId, roomId, clientId: author.id, userId: author.userId, name: author.name, content, time };
      const stored = store
        .insertInto('chat_message')
        .values(line)
        .returning('id')
        .executeTakeFirstOrThrow()
        .then(({ id }): { id: number; kept?: boolean } => ({ id }), unkept);
      // A lock does not stop the talk: the line is delivered with an id of its own. The answer waits: it means that the line is stored.
      const early = await Promise.race([stored, wait(patience, undefined, { ref: false })]);
      const { id, ...how } = early ?? { id: nextId() };
      const message: ChatMessage = { id, userId: author.id, roomId, content, client: author, time, ...how };
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
