import { protocol } from '@meetframe/contract/version';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { parseConfig } from './config.ts';
import { demoApp } from './store/demo.ts';
import { spawnAdmin } from './testing/admin.ts';
import { type FreshDatabase, freshDatabase } from './testing/database.ts';
import { freePort } from './testing/freePort.ts';
import { type Json, TestClient } from './testing/harness.ts';
import { ServerProcess } from './testing/process.ts';

/** Several servers start one after the other; on a busy machine each takes its time. */
vi.setConfig({ testTimeout: 180_000 });

let database: FreshDatabase;
let server: ServerProcess | undefined;
beforeEach(async () => {
  database = await freshDatabase();
});
afterEach(async () => {
  await server?.end();
  server = undefined;
  await database.close();
});

test('[2.2] [6.1] [6.2] the log of a whole session contains no secret at any log level', async () => {
  const port = String(await freePort());
  const running = new ServerProcess(
    {
      PORT: port,
      MEDIA_PORT: '0',
      LOG_LEVEL: 'trace',
      SIGN_SECRET: 'the secret of the signs',
    },
    database,
  );
  server = running;
  const origin = await running.origin;
  const post = async (module: string, body: object) => {
    const answer = await fetch(`${origin}/app/${module}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Json;
  };

  const made = await spawnAdmin(parseConfig(database.settings), ['app', 'create', 'oa', '--company', '2']);
  const secret = /^Secret: (.+)$/m.exec(made.out)?.[1] ?? '';
  const byGet = await fetch(`${origin}/app/getSign?${new URLSearchParams({ appId: 'oa', secret })}`);
  const sign = ((await byGet.json()) as Json).data as string;
  const { SID } = await post('account', { method: 'login', name: 'alice', password: 'demo' });
  const docked = await post('account', { method: 'dockingLogin', account: 'oa-1', appkey: secret, sign });
  const hidden = [
    'wrong-password-of-alice',
    'wrong-secret-of-oa',
    'new-password-of-alice',
    'password-of-a-room',
    'forged.1.sign.x',
  ];
  const [wrongPassword = '', wrongSecret = '', newPassword = '', roomPassword = '', forged = ''] = hidden;
  await post('account', { method: 'login', name: 'alice', password: wrongPassword });
  await post('getSign', { appId: 'oa', secret: wrongSecret });
  await post('room', { method: 'getRoomById', roomId: 1012, sign: forged, SID: 'an-unknown-SID' });
  const { user } = await post('account', { method: 'login', name: 'alice', password: 'demo' });
  await post('account', { method: 'modifyPassword', userId: user.id, oldpassword: 'demo', password: newPassword, SID });
  await post('room', { method: 'modifyRoomPwd', roomId: 1014, password: roomPassword, SID });
  // Faults: broken bodies, wrong types and a handler whose error contains its input.
  await fetch(`${origin}/app/account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: `{"password":"${newPassword}`,
  });
  await post('account', { method: 'login', name: 'alice', password: { text: newPassword } });
  await fetch(`${origin}/app/getSign?appId=oa&secret=${wrongSecret}&secret=${wrongSecret}`);

  const client = await TestClient.open(origin);
  await client.ask('session.hello', { protocol, sign, SID: docked.SID });
  await client.ask('account.login', { name: 'alice', password: newPassword });
  await client.ask('meeting.enter', { roomId: 1014, password: roomPassword });
  await client.ask('session.renewSign', { sign: forged });
  client.ws.send(`not JSON but ${newPassword}`);
  await client.closed;
  await post('account', { method: 'logout', SID });
  running.signal('SIGTERM');
  expect(await running.exited).toBe(0);
  await running.line('stopped');

  for (const [name, value] of Object.entries({
    secret,
    sign,
    SID,
    docked: docked.SID,
    signSecret: 'the secret of the signs',
    demo: demoApp.secret,
    unknown: 'an-unknown-SID',
  })) {
    expect(value, name).toEqual(expect.any(String));
    expect(running.said, name).not.toContain(value);
  }
  for (const value of hidden) expect(running.said).not.toContain(value);
});

test('in production there is no demo, and the first start says what to do', async () => {
  const running = new ServerProcess(
    {
      PORT: String(await freePort()),
      MEDIA_PORT: '0',
      NODE_ENV: 'production',
      DEMO: '',
    },
    database,
  );
  server = running;
  const origin = await running.origin;
  expect(running.said).toContain('npm run admin -- user create-admin <account> --platform');
  expect(running.said).toContain('npm run admin -- app create <id> --company <id>');
  const config = parseConfig(database.settings);
  for (const what of ['user', 'app', 'company'])
    expect((await spawnAdmin(config, [what, 'list', '--json'])).out, what).toBe('[]\n');
  const login = await fetch(`${origin}/app/account`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ method: 'login', name: 'root', password: 'demo' }),
  });
  expect(((await login.json()) as Json).result).toBe(1);

  // A server with leftover demo accounts warns of them; one that is set up completely does not.
  const played = await freshDatabase();
  const demo = new ServerProcess({ PORT: String(await freePort()), MEDIA_PORT: '0' }, played);
  await demo.origin;
  demo.signal('SIGTERM');
  await demo.exited;
  const serious = new ServerProcess(
    {
      PORT: String(await freePort()),
      MEDIA_PORT: '0',
      NODE_ENV: 'production',
      DEMO: '',
    },
    played,
  );
  try {
    const { accounts } = await serious.line('Accounts of the demo');
    expect(accounts).toEqual(expect.arrayContaining(['root', 'admin', 'alice']));
    await serious.origin;
    expect(serious.said).not.toContain('create-admin');
  } finally {
    await serious.end();
    await demo.end();
    await played.close();
  }
});
