import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoApp } from '../store/demo.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { startTestServer, type TestServer } from '../testing/harness.ts';

const folder = join(import.meta.dirname, '../../../examples/java');
const hasJava = spawnSync('javac', ['-version']).status === 0;
if (!hasJava) console.warn('examples/java is not tested: there is no javac on this machine.');

describe.runIf(hasJava)('the Java client', () => {
  let server: TestServer;
  const classes = temporaryFolder();
  beforeAll(async () => {
    const sources = readdirSync(folder).filter((name) => name.endsWith('.java'));
    execFileSync('javac', ['-Xlint:all', '-Werror', '-d', classes.path, ...sources.map((name) => join(folder, name))]);
    server = await startTestServer();
  });
  afterAll(async () => {
    await server.close();
    classes[Symbol.dispose]();
  });

  /** Starts the client; `line` waits for a line of its output that begins so. */
  const start = (...way: string[]) => {
    const args = ['-cp', classes.path, 'Phone', server.origin, demoApp.appId, demoApp.secret, 'java-user', ...way];
    const child = spawn('java', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    const lines: string[] = [];
    createInterface({ input: child.stdout }).on('line', (text) => lines.push(text));
    const exit = new Promise<number | null>((done) => child.once('exit', done));
    return {
      lines,
      exit,
      line: async (beginning: string): Promise<string> => {
        await expect.poll(() => lines.find((text) => text.startsWith(beginning)), { timeout: 30_000 }).toBeTruthy();
        return lines.find((text) => text.startsWith(beginning)) as string;
      },
    };
  };
  const user = async () => {
    const client = await server.client({ SID: await server.login('alice') });
    await client.call('call.doRegister', {});
    return client;
  };

  test('[5.1] [5.2] [5.4] [5.6] [5.7] [5.10] [5.11] [5.12] is called, agrees, and logs out', async () => {
    const java = start('agree');
    await java.line('registered');
    expect(await java.line('room ')).toMatch(/^room \d+$/);
    expect(await java.line('meeting ')).toMatch(/^meeting \d+ \d+$/);
    const targetUserId = Number((await java.line('user ')).slice(5));
    const alice = await user();
    const { roomId } = await alice.call('call.doInvite', { targetUserId, type: 1 });
    expect(await alice.event('call.doEvent')).toMatchObject({ event: 'onRinging', ownDeviceType: 'java' });
    expect(await alice.event('call.doAgree')).toMatchObject({ roomId, ownUserId: targetUserId });
    await alice.call('call.connected', { targetUserId, roomId });
    await java.line('event doEvent onConnected');
    await alice.call('call.cancel', { targetUserId });
    expect(await java.exit).toBe(0);
    expect(java.lines.at(-1)).toBe('done');
    await alice.leave();
  });

  test('[5.3] rejects', async () => {
    const java = start('reject');
    await java.line('registered');
    const targetUserId = Number((await java.line('user ')).slice(5));
    const alice = await user();
    await alice.call('call.doInvite', { targetUserId });
    await alice.event('call.reject');
    expect(await java.exit).toBe(0);
    await alice.leave();
  });

  test('[5.1] [5.9] calls, and tells that it is in the room', async () => {
    const alice = await user();
    const java = start('call', String(alice.hello.user.id));
    const { ownUserId, roomId } = await alice.event('call.doInvite');
    await alice.call('call.doAgree', { targetUserId: ownUserId });
    expect(await alice.event('call.doEvent')).toMatchObject({ event: 'onConnected', roomId });
    await java.line('connected');
    await alice.call('call.cancel', { targetUserId: ownUserId });
    expect(await java.exit).toBe(0);
    await alice.leave();
  });
});
