import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../../server-stub/src/testing/harness.ts';

const folder = mkdtempSync(join(tmpdir(), 'meetframe-full-'));
const mount = (): boolean => {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};
/** A small disk of one's own takes the rights of root. */
const hasDisk = mount();

describe.skipIf(!hasDisk)('on a disk that is full', () => {
  let server: TestServer;
  const ballast = join(folder, 'ballast');
  beforeAll(async () => {
    server = await startTestServer({ LOG_LEVEL: 'silent' }, { settings: { DATA_DIR: folder }, close: async () => {} });
  });
  afterAll(async () => {
    rmSync(ballast, { force: true });
    await server.close();
    execFileSync('umount', [folder]);
    rmdirSync(folder);
  });
  const health = async (): Promise<Json> => (await (await fetch(`${server.origin}/healthz`)).json()) as Json;
  const make = async () =>
    (await server.post('room', { method: 'newTempRoom', name: 'x', numberLimit: 2, sign: await server.sign() })).body;

  test('what cannot be stored has a code of its own, chat goes on, and the health tells', async () => {
    const roomId = await server.room();
    const [one, other] = [await server.client(), await server.client()];
    for (const client of [one, other]) await client.call('meeting.enter', { roomId, username: 'Guest' });
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(bavail * bsize));

    const answers: Json[] = [];
    for (let n = 0; n < 20 && !answers.some(({ error }) => error); n++) answers.push(await make());
    expect(answers.at(-1)?.error.code).toBe('STORAGE_FULL');
    const { message } = await one.call('meeting.chat', { content: 'still here' });
    expect(message.kept).toBe(false);
    expect(await other.event('meeting.onChat')).toMatchObject({ content: 'still here', kept: false });
    expect(await health()).toMatchObject({ ok: false, database: expect.stringContaining('full') });
    // Others enter all the same, also where no meeting ran before.
    for (const room of [roomId, 1012]) {
      const late = await server.client();
      expect((await late.call('meeting.enter', { roomId: room, username: 'Late' })).room.id).toBe(room);
    }

    rmSync(ballast);
    expect((await make()).result).toBe(0);
    expect((await one.call('meeting.chat', { content: 'again' })).message.kept).toBeUndefined();
  });

  test('a server that cannot make its database says which setting names the disk', async () => {
    const fresh = join(folder, 'fresh');
    mkdirSync(fresh);
    const { bavail, bsize } = statfsSync(folder);
    writeFileSync(ballast, Buffer.alloc(Math.max(bavail - 4, 0) * bsize));
    const given = { settings: { DATA_DIR: fresh }, close: async () => {} };
    await expect(startTestServer({}, given)).rejects.toThrow(/^DATA_DIR: .*fresh cannot be written to/);
    rmSync(ballast);
  });
});

describe.skipIf(!hasDisk)('on a disk that may only be read', () => {
  const readOnly = mkdtempSync(join(tmpdir(), 'meetframe-read-'));
  beforeAll(() => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'ro', 'tmpfs', readOnly], { stdio: 'ignore' });
  });
  afterAll(() => {
    execFileSync('umount', [readOnly]);
    rmdirSync(readOnly);
  });

  test.each([
    ['the folder itself', '', {}],
    ['the folder itself, with a secret of its own', '', { SIGN_SECRET: 'x'.repeat(32) }],
    ['a folder that is to be made there', 'data', {}],
  ])('%s: the start names the setting', async (_, name, settings) => {
    const given = { settings: { DATA_DIR: join(readOnly, name) }, close: async () => {} };
    await expect((async () => await startTestServer(settings, given))()).rejects.toThrow(/^DATA_DIR: .*needs a folder/);
  });
});
