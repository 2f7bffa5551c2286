import type { TestServer } from './harness.ts';
import { joinWithMedia, Source } from './mediaClient.ts';

/** A moderator, who owns the room, and a guest with a microphone. */
export const meetingWithVoice = async (server: TestServer) => {
  const owner = await server.client({ SID: await server.login('alice') });
  const roomId = (await owner.call('room.newTempRoom', { name: 'Fresh', numberLimit: 10, isPublic: true })).roomId;
  await owner.call('meeting.enter', { roomId, username: 'Alice' });
  const bob = await joinWithMedia(server, 'Bob', { roomId });
  const source = await new Source('audio').start(bob);
  await source.say([]);
  return { owner, bob, source, roomId };
};
