import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestClient, type TestServer } from '../../server-stub/src/testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ REQUEST_TIMEOUT_MS: '400' });
});
afterAll(() => server.close());
afterEach(() => server.dismiss());

const enter = async (client: TestClient, roomId: number): Promise<number> =>
  (await client.call('meeting.enter', { roomId, username: 'Somebody' })).client.id;
const upload = async (client: TestClient, input: Json): Promise<Json> => client.call('meeting.beginFile', input);
const put = ({ fileId, key }: Json, body: string, offset = 0) =>
  fetch(`${server.origin}/app/upload/chat/${fileId}?offset=${offset}`, {
    ...{ method: 'PUT', headers: { 'x-upload-key': key, 'content-type': 'application/octet-stream' }, body },
  });
const offsetOf = async ({ fileId, key }: Json): Promise<Json> =>
  (await (
    await fetch(`${server.origin}/app/upload/chat/${fileId}`, { headers: { 'x-upload-key': key } })
  ).json()) as Json;

test('[+ sendFile] who was removed adds nothing to a file, sends none and gets no new address', async () => {
  const roomId = await server.room();
  const moderator = await server.client({ SID: await server.login('admin') });
  const attacker = await server.client();
  await enter(moderator, roomId);
  const attackerId = await enter(attacker, roomId);
  const sent = await upload(attacker, { name: 'a.txt', size: 3 });
  await put(sent, 'abc');
  await attacker.call('meeting.finishFile', { fileId: sent.fileId });
  const begun = await upload(attacker, { name: 'b.txt', size: 6 });
  await put(begun, 'abc');
  await moderator.call('meeting.kickOut', { userId: attackerId });
  await expect.poll(async () => (await put(begun, 'def', 3)).status).toBe(404);
  for (const [method, input] of [
    ['meeting.finishFile', { fileId: begun.fileId }],
    ['meeting.linkFile', { fileId: sent.fileId }],
    ['meeting.beginFile', { name: 'c.txt', size: 1 }],
  ] as const)
    expect(await attacker.code(method, input)).toBe('NOT_IN_MEETING');
});

test('[+ sendFile] nobody reads what two others sent each other, by ids, names or addresses', async () => {
  const roomId = await server.room();
  const [ann, bob, eve] = [await server.client(), await server.client(), await server.client()];
  await enter(ann, roomId);
  const bobId = await enter(bob, roomId);
  await enter(eve, roomId);
  const begun = await upload(ann, { name: 'secret.txt', size: 6, otherUserId: bobId });
  // Neither before it is sent nor afterwards, nor by finishing it herself.
  expect(await eve.code('meeting.linkFile', { fileId: begun.fileId })).toBe('NOT_FOUND');
  await put(begun, 'secret');
  expect(await eve.code('meeting.finishFile', { fileId: begun.fileId })).toBe('NOT_FOUND');
  const { message } = await ann.call('meeting.finishFile', { fileId: begun.fileId });
  for (let fileId = begun.fileId - 5; fileId < begun.fileId + 5; fileId++)
    if (fileId > 0) expect(await eve.code('meeting.linkFile', { fileId })).toBe('NOT_FOUND');
  expect(await eve.code('meeting.chat', { content: 'x', replyTo: message.id })).toBe('NOT_FOUND');
  // The address of a file of her own opens no other one.
  const own = await upload(eve, { name: 'own.txt', size: 3 });
  await put(own, 'own');
  const mine = (await eve.call('meeting.finishFile', { fileId: own.fileId })).message.file.link as string;
  const [, query = ''] = mine.split('?');
  const [path = ''] = (message.file.link as string).split('?');
  for (const address of [`${path}?${query}`, 'upload/files/..%2f..%2fmeetframe.sqlite?'.concat(query), path])
    expect((await fetch(`${server.origin}/app/${address}`)).status).toBe(404);
});

test('[+ sendFile] an upload that drips in is cut off; what arrived stays, and nothing beyond what was announced', async () => {
  const attacker = await server.client();
  await enter(attacker, await server.room());
  const begun = await upload(attacker, { name: 'a.txt', size: 1000 });
  const socket = connect(server.port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(
    `PUT /app/upload/chat/${begun.fileId}?offset=0 HTTP/1.1\r\nhost: localhost\r\nx-upload-key: ${begun.key}\r\n` +
      'content-type: application/octet-stream\r\ncontent-length: 1000\r\n\r\nabc',
  );
  socket.resume();
  await once(socket, 'close');
  await expect.poll(() => offsetOf(begun)).toEqual({ offset: 3 });
  expect((await put(begun, 'x'.repeat(998), 3)).status).toBe(400);
  expect(await offsetOf(begun)).toEqual({ offset: 3 });
  expect((await put(begun, 'x'.repeat(997), 3)).status).toBe(200);
  await attacker.call('meeting.finishFile', { fileId: begun.fileId });
});
