import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { protocol } from '@meetframe/contract/version';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const megabyte = 1024 * 1024;
/** Memory of this process, which includes the server. */
const held = (): number => {
  collect();
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const long = '会'.repeat(5000);

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

/** A device that stores nothing of what it reads, so that only the server's memory can grow. */
const open = async () => {
  const ws = new WebSocket(`${server.origin.replace('http', 'ws')}/app/socket`, { skipUTF8Validation: true });
  const waiting = new Map<string, (text: string) => void>();
  let lines = 0;
  let onLine = (): void => undefined;
  ws.on('message', (data: Buffer) => {
    const head = data.toString('latin1', 0, 60);
    if (/"method":"onChat"/.test(head)) {
      lines++;
      onLine();
    }
    const id = /"id":"(\w+)"/.exec(data.toString('latin1', Math.max(0, data.length - 80)))?.[1];
    const answered = id === undefined ? undefined : waiting.get(id);
    if (id === undefined || !answered) return;
    waiting.delete(id);
    answered(data.toString());
  });
  await new Promise((done) => ws.once('open', done));
  let asked = 0;
  const ask = (name: string, input: Json = {}): Promise<string> => {
    const [module, method] = name.split('.');
    const id = `ask${++asked}`;
    const answer = new Promise<string>((done) => waiting.set(id, done));
    ws.send(JSON.stringify({ id, module, method, ...input }));
    return answer;
  };
  /** Resolves once this many chat lines have arrived. */
  const heard = (count: number): Promise<void> =>
    new Promise((done) => {
      onLine = () => {
        if (lines >= count) done();
      };
      onLine();
    });
  return { ws, ask, heard };
};
const enter = async (roomId: number) => {
  const device = await open();
  const greeted = new Promise((done) => device.ws.once('message', done));
  device.ws.send(JSON.stringify({ id: 'hello', module: 'session', method: 'hello', protocol }));
  await greeted;
  expect(await device.ask('meeting.enter', { roomId, username: 'Guest' })).toContain('"startedAt"');
  return device;
};
const room = async (): Promise<number> => {
  const SID = await server.login('admin');
  const { body } = await server.post('room', {
    method: 'createRoom',
    name: 'Large',
    numberLimit: 200,
    isPublic: true,
    SID,
  });
  return body.roomId;
};
type Device = Awaited<ReturnType<typeof enter>>;
/** How many lines a participant may write at once. */
const fill = async (writers: Device[]): Promise<void> => {
  for (let n = 0; n < 10; n++) {
    const answers = await Promise.all(writers.map((writer) => writer.ask('meeting.chat', { content: long })));
    for (const answer of answers) expect(answer).not.toContain('"error"');
  }
};

test('[3.26] a guest who asks for a full chat again and again does not fill the memory', async () => {
  const roomId = await room();
  const guests: Device[] = [];
  for (let n = 0; n < 20; n++) guests.push(await enter(roomId));
  await fill(guests);
  const [guest] = guests as [Device];
  const before = held();
  for (let n = 0; n < 200; n++) expect((await guest.ask('meeting.snapshot')).length).toBeGreaterThan(long.length * 150);
  const grown = held() - before;
  for (const { ws } of guests) ws.terminate();
  expect(grown).toBeLessThan(50 * megabyte);
});

test('[3.26] 200 listeners of long lines cost the memory of one', async () => {
  const roomId = await room();
  const listeners: Device[] = [];
  for (let n = 0; n < 200; n++) listeners.push(await enter(roomId));
  const before = held();
  await fill(listeners.slice(0, 10));
  await Promise.all(listeners.map(({ heard }) => heard(100)));
  const grown = held() - before;
  for (const { ws } of listeners) ws.terminate();
  expect(grown).toBeLessThan(50 * megabyte);
});
