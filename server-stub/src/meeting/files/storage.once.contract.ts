import { readdirSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../../testing/harness.ts';
import { startS3 } from '../../testing/s3.ts';

const s3 = await startS3();
afterAll(() => s3.close());

const enter = async (server: TestServer) => {
  const client = await server.client();
  const entered: Json = await client.call('meeting.enter', { roomId: await server.room(), username: 'Ann' });
  return { client, entered };
};
const send = async (server: TestServer, client: Awaited<ReturnType<typeof enter>>['client'], text: string) => {
  const { fileId, key } = await client.call('meeting.beginFile', { name: 'a.txt', size: text.length });
  const headers = { 'x-upload-key': key, 'content-type': 'application/octet-stream' };
  const address = `${server.origin}/app/upload/chat/${fileId}?offset=0`;
  expect((await fetch(address, { method: 'PUT', headers, body: text })).status).toBe(200);
  return (await client.call('meeting.finishFile', { fileId })).message.file as Json;
};

test('[+ sendFile] with an object storage files go there, also those that it did not take at first, and are deleted there', async () => {
  const server = await startTestServer({ ...s3.settings, LOG_LEVEL: 'silent' });
  try {
    const { client } = await enter(server);
    const inFolder = () => readdirSync(server.config.RECORDS_DIR).filter((name) => name.startsWith('chat-'));
    const bytes = async (link: string, headers = {}) => {
      const answer = await fetch(`${server.origin}/app/${link}`, { headers });
      return [answer.status, answer.headers.get('content-disposition'), await answer.text()];
    };
    const first = await send(server, client, 'stored at once');
    await expect.poll(() => s3.objects()).toHaveLength(1);
    await expect.poll(inFolder).toEqual([]);
    expect(await bytes(first.link)).toEqual([200, 'attachment; filename=a.txt', 'stored at once']);
    expect(await bytes(first.link, { range: 'bytes=0-5' })).toEqual([206, 'attachment; filename=a.txt', 'stored']);

    await s3.down();
    const second = await send(server, client, 'stored later');
    expect(await bytes(second.link)).toEqual([200, 'attachment; filename=a.txt', 'stored later']);
    await s3.up();
    await server.services.chatFiles.tidy(Date.now() + 601_000);
    expect([s3.objects().length, inFolder()]).toEqual([2, []]);

    const store = await server.store();
    await client.call('meeting.exit');
    await store.deleteFrom('meeting').execute();
    await server.services.chatFiles.tidy(Date.now() + 601_000);
    expect(s3.objects()).toEqual([]);
    expect((await bytes(first.link))[0]).toBe(404);
  } finally {
    await server.close();
  }
});

test('[+ sendFile] a platform that takes no files says so, and one whose disk is full takes none', async () => {
  const server = await startTestServer({ CHAT_FILE_MB: '0' });
  try {
    const { client, entered } = await enter(server);
    expect(entered.chatFiles).toBeUndefined();
    expect(await client.code('meeting.beginFile', { name: 'a.txt', size: 1 })).toBe('UNSUPPORTED');
  } finally {
    await server.close();
  }
  const full = await startTestServer({ RECORD_LEAVE_FREE_MB: String(2 ** 30) });
  try {
    const { client } = await enter(full);
    expect(await client.code('meeting.beginFile', { name: 'a.txt', size: 1 })).toBe('STORAGE_FULL');
  } finally {
    await full.close();
  }
});
