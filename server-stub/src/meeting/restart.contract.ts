import { protocol } from '@meetframe/contract/version';
import { expect, test } from 'vitest';
import { freshDatabase } from '../testing/database.ts';
import { TestClient } from '../testing/harness.ts';
import { ServerProcess } from '../testing/process.ts';

const roomId = 1012;
const enter = async (origin: string, username: string) => {
  const client = await TestClient.open(origin);
  await client.call('session.hello', { protocol });
  return { client, entered: await client.call('meeting.enter', { roomId, username }) };
};

test('[3.26] [3.30] after a restart the meeting of a killed server goes on with its chat and start time; one that ended does not', async () => {
  const database = await freshDatabase();
  const start = () => new ServerProcess({ PORT: '0', MEDIA_PORT: '0' }, database);
  const servers = [start()];
  try {
    const { client, entered } = await enter(await (servers[0] as ServerProcess).origin, 'One');
    for (const content of ['a', 'b', 'c']) await client.call('meeting.chat', { content });
    servers[0]?.signal('SIGKILL');
    await servers[0]?.exited;

    servers.push(start());
    const back = await enter(await (servers[1] as ServerProcess).origin, 'One');
    expect(back.entered.chat.map(({ content }: { content: string }) => content)).toEqual(['a', 'b', 'c']);
    expect(back.entered.chat[0].client).toMatchObject({ id: entered.client.id, name: 'One', userId: null });
    expect(back.entered.startedAt).toBe(entered.startedAt);

    await back.client.call('meeting.exit');
    const later = await enter(await (servers[1] as ServerProcess).origin, 'Two');
    expect(later.entered.chat).toEqual([]);
    expect(later.entered.startedAt).toBeGreaterThan(entered.startedAt);
  } finally {
    for (const server of servers) await server.end();
    await database.close();
  }
});
