import type { ChatMessage } from '@meetframe/contract/beans';
import type { Store } from '../store/store.ts';
import type { Meeting } from './meeting.ts';
import type { Participant } from './participant.ts';

/** How many chat lines a participant receives on entering. */
export const keptLines = 200;

/** The chat of meetings. Each line is stored before it is sent to the participants. */
export const makeChat = (store: Store) => {
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
      const { id } = await store
        .insertInto('chat_message')
        .values({ meetingId, roomId, clientId: author.id, userId: author.userId, name: author.name, content, time })
        .returning('id')
        .executeTakeFirstOrThrow();
      const message: ChatMessage = { id, userId: author.id, roomId, content, client: author, time };
      chat.push(message);
      if (chat.length > keptLines) chat.shift();
      tell('meeting.onChat', message);
      return message;
    },
  };
};
export type Chat = ReturnType<typeof makeChat>;
