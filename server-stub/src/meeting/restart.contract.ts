import { protocol } from '@meetframe/contract/version';
import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { openStore } from '../store/store.ts';
import { freshDatabase } from '../testing/database.ts';
import { TestClient } from '../testing/harness.ts';
import { ServerProcess } from '../testing/process.ts';

const roomId = 1012;
const enter = async (origin: string, username: string, hello: object = {}) => {
  const client = await TestClient.open(origin);
  client.hello = await client.call('session.hello', { protocol, ...hello });
  return { client, entered: await client.call('meeting.enter', { roomId, username }) };
};

test('[3.26] [3.30] after a restart the meeting of a killed server goes on with its chat, its files and start time; one that ended does not', async () => {
  const database = await freshDatabase();
  const start = () => new ServerProcess({ PORT: '0', MEDIA_PORT: '0' }, database);
  const servers = [start()];
  try {
    const { client, entered } = await enter(await (servers[0] as ServerProcess).origin, 'One');
    const lines = [];
    for (const content of ['a', 'b', 'c']) lines.push((await client.call('meeting.chat', { content })).message);
    const { fileId, key } = await client.call('meeting.beginFile', { name: 'd.txt', size: 4 });
    const origin = await (servers[0] as ServerProcess).origin;
    const headers = { 'x-upload-key': key, 'content-type': 'application/octet-stream' };
    await fetch(`${origin}/app/upload/chat/${fileId}?offset=0`, { method: 'PUT', headers, body: 'file' });
    await client.call('meeting.finishFile', { fileId });
    await client.call('meeting.chat', { content: 'e', replyTo: lines[0].id });
    servers[0]?.signal('SIGKILL');
    await servers[0]?.exited;

    servers.push(start());
    const back = await enter(await (servers[1] as ServerProcess).origin, 'One');
    expect(back.entered.chat.map(({ content }: { content: string }) => content)).toEqual(['a', 'b', 'c', 'd.txt', 'e']);
    const { link, ...file } = back.entered.chat[3].file;
    expect(file).toEqual({ id: fileId, name: 'd.txt', size: 4, type: 'application/octet-stream' });
    expect(await (await fetch(`${await (servers[1] as ServerProcess).origin}/app/${link}`)).text()).toBe('file');
    expect(back.entered.chat[4].replyTo).toEqual({
      id: lines[0].id,
      userId: entered.client.id,
      name: 'One',
      content: 'a',
    });

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

test('[3.1] after a restart a meeting is still locked and has its waiting room, and who was there comes back as the same participant', async () => {
  const database = await freshDatabase();
  const servers = [new ServerProcess({ PORT: '0', MEDIA_PORT: '0' }, database)];
  try {
    const origin = await (servers[0] as ServerProcess).origin;
    const login = { method: 'login', name: 'admin', password: 'demo' };
    const logged = await fetch(`${origin}/app/account`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(login),
    });
    const { SID } = (await logged.json()) as { SID: string };
    const admin = await enter(origin, 'Admin', { SID });
    const guest = await enter(origin, 'Guest');
    await admin.client.call('meeting.lock');
    await admin.client.call('meeting.setWaitingRoom');
    // The answers do not wait for a slow database.
    const store = await openStore(parseConfig(database.settings));
    const stored = () => store.selectFrom('meeting').select(['lockedFor', 'waitingRoom']).executeTakeFirst();
    await expect.poll(stored).toEqual({ lockedFor: expect.any(String), waitingRoom: 1 });
    await store.destroy();
    servers[0]?.signal('SIGKILL');
    await servers[0]?.exited;

    servers.push(new ServerProcess({ PORT: '0', MEDIA_PORT: '0' }, database));
    const again = await (servers[1] as ServerProcess).origin;
    await expect(enter(again, 'Stranger')).rejects.toMatchObject({
      code: 'ROOM_NOT_OPEN',
      details: { reason: 'locked' },
    });
    const resume = { token: guest.client.hello.resumeToken, lastSeq: 0 };
    const back = await enter(again, 'Guest', { resume });
    expect(back.entered).toMatchObject({ isLocked: true, client: { id: guest.entered.client.id } });
    const admins = await enter(again, 'Admin', { SID });
    expect(admins.entered.client.id).toBe(admin.entered.client.id);
    await admins.client.call('meeting.lock', { isLocked: false });
    const stranger = enter(again, 'Stranger');
    await admins.client.event('meeting.onWaitingRoom', ({ waiting }) => waiting.length === 1);
    await admins.client.call('meeting.admit');
    expect((await stranger).entered.members).toHaveLength(2);
  } finally {
    for (const server of servers) await server.end();
    await database.close();
  }
});
