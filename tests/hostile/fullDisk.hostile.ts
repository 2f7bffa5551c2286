import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
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

    rmSync(ballast);
    expect((await make()).result).toBe(0);
    expect((await one.call('meeting.chat', { content: 'again' })).message.kept).toBeUndefined();
  });
});
