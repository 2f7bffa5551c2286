import { randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { mostUploads } from '@meetframe/contract/meeting/chatFiles';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Json, startTestServer, type TestClient, type TestServer } from '../../testing/harness.ts';

const MB = 1024 ** 2;
/** A PNG picture of one pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let server: TestServer;
let roomId: number;
beforeAll(async () => {
  server = await startTestServer({
    ...{ CHAT_FILE_MB: '1', CHAT_FILES_SENDER_MB: '2', CHAT_FILES_MEETING_MB: '3', CHAT_KEEP_MS: '1000' },
  });
});
beforeEach(async () => {
  roomId = await server.room();
});
afterEach(() => server.dismiss());
afterAll(() => server.close());

type Someone = { client: TestClient; id: number; entered: Json };
const guest = async (username: string, room = roomId): Promise<Someone> => {
  const client = await server.client();
  const entered = await client.call('meeting.enter', { roomId: room, username });
  return { client, id: entered.client.id, entered };
};
type Upload = { fileId: number; key: string };
const request = async ({ fileId, key }: Upload, init: RequestInit & { query?: string } = {}) => {
  const headers = { 'x-upload-key': key, ...(init.body && { 'content-type': 'application/octet-stream' }) };
  const answer = await fetch(`${server.origin}/app/upload/chat/${fileId}${init.query ?? ''}`, { headers, ...init });
  return { status: answer.status, body: (await answer.json()) as Json };
};
const put = (upload: Upload, offset: number | string, data: Uint8Array) =>
  request(upload, { query: `?offset=${offset}`, method: 'PUT', body: new Uint8Array(data) });
const begin = ({ client }: Someone, input: Json): Promise<Upload> => client.call('meeting.beginFile', input) as never;
const send = async (from: Someone, data: Buffer, more: Json = {}): Promise<Json> => {
  const upload = await begin(from, { name: 'notes.txt', size: data.length, ...more });
  expect(await put(upload, 0, data)).toEqual({ status: 200, body: { offset: data.length } });
  return (await from.client.call('meeting.finishFile', { fileId: upload.fileId })).message;
};
const get = (link: string, init?: RequestInit) => fetch(`${server.origin}/app/${link}`, init);
const refusal = async (from: Someone, input: Json): Promise<Json> =>
  (await from.client.ask('meeting.beginFile', { name: 'a.txt', size: 1, ...input })).error;
const folder = (): string[] => readdirSync(server.config.RECORDS_DIR).filter((name) => name.startsWith('chat-'));

test('[+ sendFile] a file reaches all in the chat, byte for byte, in parts and after a break, and stays for who enters later', async () => {
  const [ann, bob] = [await guest('Ann'), await guest('Bob')];
  expect(ann.entered.chatFiles).toEqual({ largest: MB });
  const data = randomBytes(300_000);
  const upload = await begin(ann, { name: '..\\dir/re\u202eport <1>.pdf', size: data.length });
  expect((await put(upload, 0, data.subarray(0, 100_000))).body).toEqual({ offset: 100_000 });
  // The answer got lost: the client asks where to go on.
  const twice = await put(upload, 0, data.subarray(0, 100_000));
  expect([twice.status, twice.body.error.code, twice.body.error.details]).toEqual([
    409,
    'CONFLICT',
    { offset: 100_000 },
  ]);
  expect((await request(upload)).body).toEqual({ offset: 100_000 });
  const early = (await ann.client.ask('meeting.finishFile', { fileId: upload.fileId })).error;
  expect(early).toMatchObject({ code: 'CONFLICT', details: { offset: 100_000 } });
  await put(upload, 100_000, data.subarray(100_000));
  const { message } = await ann.client.call('meeting.finishFile', { fileId: upload.fileId });
  const name = 'report _1_.pdf';
  expect(message).toMatchObject({
    ...{ userId: ann.id, roomId, content: name, client: { name: 'Ann' } },
    file: { id: upload.fileId, name, size: data.length, type: 'application/octet-stream' },
  });
  expect(message.file.width).toBeUndefined();
  const got = await bob.client.event('meeting.onChat');
  expect(got.file).toEqual(message.file);

  const answer = await get(got.file.link);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'content-length': String(data.length),
  });
  expect(Buffer.from(await answer.arrayBuffer()).equals(data)).toBe(true);
  const part = await get(got.file.link, { headers: { range: 'bytes=10-19' } });
  expect([part.status, Buffer.from(await part.arrayBuffer())]).toEqual([206, data.subarray(10, 20)]);

  const later = await guest('Later');
  expect(later.entered.chat).toMatchObject([{ content: name, file: { id: upload.fileId, name } }]);
  const { link } = await later.client.call('meeting.linkFile', { fileId: upload.fileId });
  expect((await get(link)).status).toBe(200);
  // What was sent takes no more bytes, and cannot be sent again.
  expect((await put(upload, data.length, data)).status).toBe(404);
  expect(await ann.client.code('meeting.finishFile', { fileId: upload.fileId })).toBe('NOT_FOUND');
});

test('[+ sendFile] a picture has its type and size by its bytes, whatever its name says; a page stays a download', async () => {
  const ann = await guest('Ann');
  const { file } = await send(ann, pixel, { name: '图片.exe' });
  expect(file).toMatchObject({ name: '图片.exe', type: 'image/png', width: 1, height: 1 });
  const shown = await get(file.link);
  expect([shown.headers.get('content-type'), shown.headers.get('content-disposition')]).toEqual([
    'image/png',
    `attachment; filename="??.exe"; filename*=UTF-8''%E5%9B%BE%E7%89%87.exe`,
  ]);
  for (const [name, text] of [
    ['page.html', '<!doctype html><script>alert(1)</script>'],
    ['drawing.svg', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'],
  ] as const) {
    const { file } = await send(ann, Buffer.from(text), { name });
    expect(file.type).toBe('application/octet-stream');
    const answer = await get(file.link);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename=${name}`);
  }
});

test('[+ sendFile] a private file reaches the two whom it concerns, and nobody else can get it', async () => {
  const [ann, bob, eve] = [await guest('Ann'), await guest('Bob'), await guest('Eve')];
  const message = await send(ann, Buffer.from('for you'), { otherUserId: bob.id });
  expect(message).toMatchObject({ private: true, otherUserId: bob.id, content: 'notes.txt' });
  expect((await bob.client.event('meeting.onPrivateChat')).file).toEqual(message.file);
  await ann.client.call('meeting.chat', { content: 'for all' });
  await eve.client.event('meeting.onChat');
  expect(eve.client.events.filter(({ method }) => method === 'onPrivateChat')).toEqual([]);
  const fileId = message.file.id;
  for (const { client } of [ann, bob])
    expect((await get((await client.call('meeting.linkFile', { fileId })).link)).status).toBe(200);
  expect(await eve.client.code('meeting.linkFile', { fileId })).toBe('NOT_FOUND');
  expect(await (await guest('Elsewhere', 1012)).client.code('meeting.linkFile', { fileId })).toBe('NOT_FOUND');
  expect((await eve.client.call('meeting.snapshot')).chat.map(({ content }: Json) => content)).toEqual(['for all']);
  // A link is for one file, and only as it was made.
  const [path = '', query = ''] = message.file.link.split('?');
  for (const wrong of [path, `${path}?${query.replace(/expires=\d+/, 'expires=9999999999')}`, `${path}x?${query}`])
    expect((await get(wrong)).status).toBe(404);
  expect((await get(`${path.replace('files', 'videos')}?${query}`)).status).toBe(404);
});

test('[+ sendFile] bad input says which field is wrong, and files over the limits which one', async () => {
  const [ann, bob] = [await guest('Ann'), await guest('Bob')];
  for (const [input, details] of [
    [{ name: '' }, { field: 'name', expected: 'at least 1' }],
    [{ name: '../..' }, { field: 'name', expected: 'at least 1' }],
    [{ name: '\u202e\u200b' }, { field: 'name', expected: 'at least 1' }],
    [{ name: `${'n'.repeat(201)}` }, { field: 'name', expected: 'at most 200' }],
    [{ name: 7 }, { field: 'name', expected: 'string' }],
    [{ size: 0 }, { field: 'size', expected: 'at least 1' }],
    [{ size: 1.5 }, { field: 'size' }],
    [{ size: MB + 1 }, { field: 'size', expected: `at most ${MB}`, largest: MB }],
  ] as const)
    expect(await refusal(ann, input)).toMatchObject({ code: 'INVALID_ARGUMENT', details });
  expect(await refusal(ann, { otherUserId: 7 })).toMatchObject({
    code: 'NOT_FOUND',
    details: { field: 'otherUserId' },
  });
  expect((await refusal(ann, { otherUserId: ann.id })).code).toBe('CONFLICT');

  const open = [];
  for (let count = 0; count < mostUploads; count++) open.push(await begin(ann, { name: 'a', size: 1 }));
  expect(await refusal(ann, {})).toMatchObject({ code: 'CONFLICT', details: { reason: 'uploads' } });
  for (const upload of open) expect((await request(upload, { method: 'DELETE' })).status).toBe(200);
  for (const upload of open) expect((await request(upload)).status).toBe(404);

  await begin(ann, { name: 'a', size: MB });
  await begin(ann, { name: 'a', size: MB - 10 });
  const full = await refusal(ann, { size: 11 });
  expect(full).toMatchObject({ code: 'CONFLICT', details: { field: 'size', reason: 'sender', left: 10 } });
  await begin(bob, { name: 'b', size: MB });
  expect(await refusal(bob, { size: 11 })).toMatchObject({
    code: 'CONFLICT',
    details: { reason: 'meeting', left: 10 },
  });
  // Whoever leaves takes along what was not sent.
  await ann.client.call('meeting.exit');
  await expect.poll(() => refusal(bob, { size: 11 })).toBeUndefined();
});

test('[+ sendFile] only the one who began an upload adds to it, never more than was announced, and not after leaving', async () => {
  const [ann, bob] = [await guest('Ann'), await guest('Bob')];
  const upload = await begin(ann, { name: 'a.txt', size: 10 });
  const other = await begin(bob, { name: 'b.txt', size: 10 });
  const ten = Buffer.from('0123456789');
  for (const wrong of [
    { ...upload, key: '' },
    { ...upload, key: other.key },
    { ...upload, fileId: 987_654 },
  ]) {
    expect((await put(wrong, 0, ten)).status).toBe(404);
    expect((await request(wrong)).status).toBe(404);
    expect((await request(wrong, { method: 'DELETE' })).status).toBe(404);
  }
  expect(await bob.client.code('meeting.finishFile', { fileId: upload.fileId })).toBe('NOT_FOUND');
  const bad = await put(upload, 'x', ten);
  expect([bad.status, bad.body.error.details.field]).toEqual([400, 'offset']);
  const nothing = await request(upload, { query: '?offset=0', method: 'PUT' });
  expect([nothing.status, nothing.body.error.details.field]).toEqual([400, 'body']);
  // A stream without a length that does not end by itself is cut off as well.
  const endless = new ReadableStream(
    { pull: (controller) => controller.enqueue(new Uint8Array(1000)) },
    { highWaterMark: 0 },
  );
  await request(upload, { query: '?offset=0', method: 'PUT', body: endless, duplex: 'half' } as RequestInit).catch(
    () => {},
  );
  expect((await request(upload)).body).toEqual({ offset: 0 });
  const tooMuch = await put(upload, 0, Buffer.from('0123456789a'));
  expect([tooMuch.status, tooMuch.body.error.details.field]).toEqual([400, 'body']);
  expect((await request(upload)).body).toEqual({ offset: 0 });
  await put(upload, 0, ten.subarray(0, 4));
  await ann.client.call('meeting.exit');
  await expect.poll(async () => (await put(upload, 4, ten.subarray(4))).status).toBe(404);
  expect(await ann.client.code('meeting.beginFile', { name: 'a', size: 1 })).toBe('NOT_IN_MEETING');
});

test('[+ sendFile] what is not sent in time goes; a private file goes with its meeting, another with the chat', async () => {
  const [ann, bob] = [await guest('Ann'), await guest('Bob')];
  const { chatFiles } = server.services;
  const before = new Set(folder());
  const added = () => folder().filter((name) => !before.has(name));
  const { file } = await send(ann, Buffer.from('all'));
  const { file: secret } = await send(ann, Buffer.from('one'), { otherUserId: bob.id });
  const upload = await begin(ann, { name: 'a.txt', size: 10 });
  await put(upload, 0, Buffer.from('0123'));
  expect(added()).toHaveLength(3);
  await chatFiles.tidy();
  expect(added()).toHaveLength(3);
  await chatFiles.tidy(Date.now() + 3601_000);
  expect(added()).toHaveLength(2);
  expect((await request(upload)).status).toBe(404);

  for (const { client } of [ann, bob]) await client.call('meeting.exit');
  const ended = async () =>
    (await (await server.store()).selectFrom('meeting').select('endedAt').where('roomId', '=', roomId).execute())[0];
  await expect.poll(ended).toMatchObject({ endedAt: expect.any(Number) });
  await chatFiles.tidy();
  expect(added()).toHaveLength(1);
  expect((await get(secret.link)).status).toBe(404);
  expect((await get(file.link)).status).toBe(200);
  await (await server.store()).deleteFrom('meeting').where('roomId', '=', roomId).execute();
  await chatFiles.tidy(Date.now() + 601_000);
  expect(added()).toEqual([]);
  expect((await get(file.link)).status).toBe(404);
});
