import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runAdmin, spawnAdmin } from '../testing/admin.ts';
import { kind } from '../testing/database.ts';
import { dump } from '../testing/dump.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';

/** Each command is its own process, which is slow on a busy machine. */
vi.setConfig({ testTimeout: 120_000 });

/** The life of a company on the command line, next to a running server without demo data. */
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ DEMO: 'false' });
});
afterAll(() => server.close());
const admin = (...args: string[]) => runAdmin(server.config, args);
const adminWith = (input: string, ...args: string[]) => runAdmin(server.config, args, { input });
const json = async (...args: string[]): Promise<Json[]> => JSON.parse((await admin(...args, '--json')).out);
const secretIn = (out: string, name = 'Secret'): string => new RegExp(`^${name}: (.+)$`, 'm').exec(out)?.[1] ?? '';
const getSign = async (appId: string, secret: string): Promise<Json> =>
  (await server.post('getSign', { appId, secret })).body;
const login = async (name: string, password: string): Promise<Json> =>
  (await server.post('account', { method: 'login', name, password })).body;

test('from an empty platform to a partner whose people sign on', async () => {
  expect((await admin('company', 'list')).err).toContain('There are no companies.');
  expect(await admin('company', 'create', 'Acme 有限公司')).toMatchObject({ code: 0, out: 'Company 2 was made.\n' });
  const made = await admin(
    'app',
    'create',
    'oa',
    '--company',
    '2',
    '--name',
    'Office',
    '--origin',
    'https://OA.example/',
  );
  expect(made.code).toBe(0);
  const secret = secretIn(made.out);
  expect(secret).toMatch(/^[\w-]{32}$/);
  expect(made.err).toContain('shown only now');
  expect(await json('app', 'list')).toEqual([
    {
      id: 'oa',
      name: 'Office',
      companyId: 2,
      company: 'Acme 有限公司',
      origins: ['https://oa.example'],
      callbackUrl: null,
      createdAt: expect.any(Number),
      trustPages: false,
    },
  ]);
  expect(JSON.stringify(await dump(await server.store()))).not.toContain(secret);

  const { data: sign } = await getSign('oa', secret);
  const docked = await server.post('account', {
    method: 'dockingLogin',
    account: 'w-1',
    userName: 'Wang',
    sign,
    appkey: secret,
  });
  expect(docked.body).toMatchObject({ result: 0, organisation: { name: 'Acme 有限公司' } });
  expect((await admin('user', 'list')).out).toMatch(/^1 +w-1 +Wang +user +2 Acme 有限公司 +oa /m);
  expect((await admin('company', 'rename', '2', 'Acme Ltd')).code).toBe(0);
  expect((await admin('company', 'set-contacts', '2', 'ajar')).code).toBe(2);
  expect((await admin('company', 'set-contacts', '9', 'open')).code).toBe(1);
  expect((await admin('company', 'set-contacts', '2', 'open')).out).toBe('The contacts of Acme Ltd are open.\n');
  expect(await json('company', 'list')).toMatchObject([{ contacts: 'open' }]);
  expect((await admin('company', 'set-contacts', '2', 'closed')).code).toBe(0);
  expect(await json('company', 'list')).toEqual([{ id: 2, name: 'Acme Ltd', users: 1, apps: 1, contacts: 'closed' }]);
});

describe('apps', () => {
  test('rotating the secret makes it and its signs invalid at once, also on connections that are open', async () => {
    const before = secretIn(
      (await admin('app', 'create', 'crm', '--company', '2', '--origin', 'https://crm.example')).out,
    );
    const { data: sign } = await getSign('crm', before);
    const client = await server.client({ sign, pageOrigin: 'https://crm.example' });
    const quick = { name: 'Quick', numberLimit: 5, isPublic: true };
    expect(await client.code('room.newTempRoom', quick)).toBeUndefined();

    const rotated = await admin('app', 'rotate', 'crm');
    const after = secretIn(rotated.out);
    expect(after).not.toBe(before);
    expect((await getSign('crm', before)).code).toBe(401);
    const used = await server.post('room', { method: 'newTempRoom', ...quick, sign });
    expect(used.body.error).toMatchObject({ code: 'UNAUTHENTICATED', message: expect.stringContaining('changed') });
    const look = () => client.code('room.checkActiveRoom', { roomId: 1 });
    await expect.poll(look, { timeout: 10_000 }).toBe('UNAUTHENTICATED');

    const { data: fresh } = await getSign('crm', after);
    expect(await client.code('session.renewSign', { sign: fresh })).toBeUndefined();
    expect(await client.code('room.newTempRoom', quick)).toBeUndefined();
  });

  test('a partner’s own secret comes from standard input', async () => {
    expect(await adminWith('short\n', 'app', 'rotate', 'crm', '--secret-stdin')).toMatchObject({ code: 1, out: '' });
    const kept = await adminWith('a secret is no sentence\n', 'app', 'rotate', 'crm', '--secret-stdin');
    expect(kept).toMatchObject({ code: 1, err: expect.stringContaining('no blanks') });
    const set = await adminWith('partners-own-secret-1\n', 'app', 'rotate', 'crm', '--secret-stdin');
    expect(set.code).toBe(0);
    expect(set.out + set.err).not.toContain('partners-own-secret-1');
    expect((await getSign('crm', 'partners-own-secret-1')).code).toBe(200);
  });

  test('origins and call-back are set while the server runs', async () => {
    const { data: sign } = await getSign('crm', 'partners-own-secret-1');
    const ask = (origin: string) =>
      fetch(`${server.origin}/app/room`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', origin },
        body: JSON.stringify({ method: 'checkActiveRoom', roomId: 1, sign }),
      }).then(({ status }) => status);
    expect(await ask('https://new.example')).toBe(403);
    await admin('app', 'set-origins', 'crm', 'https://new.example', 'https://new.example:8443');
    expect(await ask('https://new.example')).not.toBe(403);
    expect(await ask('https://crm.example')).toBe(403);
    for (const wrong of ['new.example', 'https://new.example/path', 'ftp://new.example', '*'])
      expect(await admin('app', 'set-origins', 'crm', wrong), wrong).toMatchObject({ code: 1, out: '' });
    expect((await admin('app', 'set-origins', 'crm')).out).toContain('by no page');

    const inner = await admin('app', 'set-callback', 'crm', 'http://10.0.0.8/check');
    expect(inner.err).toMatch(/CALLBACK_ALLOW[\s\S]*https/);
    expect((await admin('app', 'set-callback', 'crm', 'https://a:b@partner.example/')).code).toBe(1);
    expect((await admin('app', 'set-callback', 'crm')).out).toContain('has no call-back');
  });

  test('users of a removed app stay, are logged out, and can only come back to their own company', async () => {
    const { data: sign } = await getSign('crm', 'partners-own-secret-1');
    const proof = { appkey: 'partners-own-secret-1' };
    const { SID, user } = (await server.post('account', { method: 'dockingLogin', account: 'c-1', sign, ...proof }))
      .body;
    expect(await admin('app', 'remove', 'crm')).toMatchObject({ code: 1, err: expect.stringContaining('--yes') });
    expect((await admin('app', 'remove', 'crm', '--yes')).out).toContain('1 sessions ended');
    expect((await server.post('room', { method: 'queryMyRooms', SID })).status).toBe(401);
    expect(
      (await server.post('room', { method: 'newTempRoom', name: 'x', numberLimit: 2, isPublic: true, sign })).status,
    ).toBe(401);
    expect((await getSign('crm', 'partners-own-secret-1')).code).toBe(401);
    expect((await json('user', 'list')).map(({ id }) => id)).toContain(user.id);

    await admin('company', 'create', 'Other');
    expect(await admin('app', 'create', 'crm', '--company', '3')).toMatchObject({
      code: 1,
      err: expect.stringContaining('company 2'),
    });
    const again = secretIn((await admin('app', 'create', 'crm', '--company', '2')).out);
    expect(
      (await server.post('room', { method: 'newTempRoom', name: 'x', numberLimit: 2, isPublic: true, sign })).status,
    ).toBe(401);
    const back = { method: 'dockingLogin', account: 'c-1', appkey: again, sign: (await getSign('crm', again)).data };
    expect((await server.post('account', back)).body.user.id).toBe(user.id);
  });
});

describe('users', () => {
  test('the first administrators, of the platform and of a company', async () => {
    const root = await adminWith('correct horse\n', 'user', 'create-admin', 'root', '--platform', '--password-stdin');
    expect(root).toMatchObject({ code: 0, out: expect.stringContaining('administers the platform') });
    expect((await login('root', 'correct horse')).result).toBe(0);

    const made = await admin('user', 'create-admin', 'ada', '--company', '2', '--name', 'Ada', '--generate');
    const { SID, user } = await login('ada', secretIn(made.out, 'Password'));
    expect(user.name).toBe('Ada');
    const added = { method: 'addUser', orgId: 2, account: 'eve', password: 'evenings', level: 4, name: 'Eve', SID };
    expect((await server.post('user', added)).body.result).toBe(0);
    expect((await server.post('user', { ...added, orgId: 3 })).body.error.code).toBe('FORBIDDEN');
    expect((await admin('user', 'list', '--company', '2', '--search', 'AD')).out).toMatch(/ada +Ada +company admin/);
  });

  test('a new password ends the sessions of before', async () => {
    const { SID } = await login('eve', 'evenings');
    const client = await server.client({ SID });
    const set = await adminWith('another evening\n', 'user', 'set-password', 'eve', '--password-stdin');
    expect(set).toMatchObject({ code: 0, err: '' });
    expect((await server.post('room', { method: 'queryMyRooms', SID })).status).toBe(401);
    expect(await client.event('account.changed', ({ user }) => user === null, 10_000)).toBeTruthy();
    expect((await login('eve', 'evenings')).result).toBe(1);
    expect((await login('eve', 'another evening')).result).toBe(0);
  });

  test('a user is removed; users of apps are named by id', async () => {
    const docked = (await json('user', 'list', '--search', 'w-1'))[0]?.id;
    expect(await admin('user', 'remove', 'w-1', '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('--id'),
    });
    expect((await admin('user', 'set-password', '--id', String(docked), '--generate')).err).toContain(
      'through the app oa',
    );
    expect((await admin('user', 'remove', '--id', String(docked), '--yes')).code).toBe(0);
    // Whatever accounts other users have.
    const inTheWay = `deleted-${(await json('user', 'list', '--search', 'eve'))[0]?.id}`;
    expect((await admin('user', 'create-admin', inTheWay, '--platform', '--generate')).code).toBe(0);
    expect((await admin('user', 'remove', 'eve', '--yes')).code).toBe(0);
    expect((await admin('user', 'remove', inTheWay, '--yes')).code).toBe(0);
    expect((await login('eve', 'another evening')).result).toBe(1);
    expect((await json('user', 'list')).map(({ account }) => account)).not.toContain('eve');
  });

  test('a password typed at a terminal is not shown', async () => {
    const run = `${process.execPath} ${join(import.meta.dirname, 'main.ts')} user create-admin typed --platform`;
    const child = spawn('script', ['--quiet', '--return', '--command', run, '/dev/null'], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: {
        ...process.env,
        DATA_DIR: server.config.DATA_DIR,
        DATABASE_URL: server.config.DATABASE_URL ?? '',
      },
    });
    let screen = '';
    const shows = async (text: string) => {
      while (!screen.includes(text)) screen += (await once(child.stdout, 'data'))[0];
    };
    await shows('New password: ');
    child.stdin.write('typed in secret\r');
    await shows('Once more: ');
    child.stdin.write('typed in secret\r');
    await shows('administers the platform');
    expect((await once(child, 'close'))[0]).toBe(0);
    expect(screen).not.toContain('secret');
    expect((await login('typed', 'typed in secret')).result).toBe(0);
  });
});

describe('sessions', () => {
  test('are listed with place and time, and ended while the server runs', async () => {
    const response = await fetch(`${server.origin}/app/account`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'user-agent': 'Firefox\u009b31m' },
      body: JSON.stringify({ method: 'login', name: 'root', password: 'correct horse' }),
    });
    const { SID, user } = (await response.json()) as Json;
    const client = await server.client({ SID });
    const listed = (await json('session', 'list', '--user', String(user.id))).find(({ device }) =>
      device.startsWith('Firefox'),
    );
    expect(listed).toMatchObject({ account: 'root', ip: '127.0.0.1', userId: user.id });
    expect(JSON.stringify(listed)).not.toContain(SID);
    const { out } = await admin('session', 'list');
    expect(out).toContain(listed?.id);
    expect(out).not.toContain('\u009b');

    expect((await admin('session', 'end', listed?.id)).code).toBe(0);
    expect(await client.event('account.changed', ({ user: now }) => now === null, 10_000)).toBeTruthy();
    expect((await server.post('room', { method: 'queryMyRooms', SID })).status).toBe(401);
    expect((await admin('session', 'end', listed?.id)).err).toContain('There is no session');
    const { SID: another } = await login('root', 'correct horse');
    expect((await admin('session', 'end', '--all')).code).toBe(1);
    expect((await admin('session', 'end', '--all', '--yes')).out).toMatch(/^\d+ sessions ended/);
    expect((await server.post('room', { method: 'queryMyRooms', SID: another })).status).toBe(401);
    expect((await admin('session', 'list')).err).toContain('No user is logged in.');
  });
});

test('a webhook is made, listed, and removed with its deliveries; its secret is shown once', async () => {
  const made = await admin('webhook', 'add', 'oa', 'http://10.0.0.7/hook', '--event', 'call.missed');
  const id = /^Webhook (\w+) was made/.exec(made.out)?.[1] ?? '';
  expect(secretIn(made.out)).toMatch(/^whsec_[\w+/]{43}=$/);
  expect(made.err).toContain('10.0.0.7 is no public address');
  const [listed] = await json('webhook', 'list', '--app', 'oa');
  expect(listed).toEqual({
    id,
    appId: 'oa',
    url: 'http://10.0.0.7/hook',
    events: ['call.missed'],
    createdAt: expect.any(Number),
    waiting: 0,
    failed: 0,
  });
  const about = { webhookId: id, event: 'call.missed', subject: 'x', body: '{}', since: 1, nextAt: 9e15, attempts: 3 };
  const store = await server.store();
  await store
    .insertInto('webhook_delivery')
    .values([
      { ...about, key: 'a', isDelivered: 0, outcome: '503' },
      { ...about, key: 'b', isDelivered: 0, outcome: 'late', doneAt: Date.now() },
    ])
    .execute();
  expect((await admin('webhook', 'list')).out).toMatch(/call\.missed +1 +1 /);
  const [failed] = await json('webhook', 'deliveries', id, '--failed');
  expect(failed).toMatchObject({ key: 'b', state: 'failed', outcome: 'late', nextAt: null });
  expect((await admin('webhook', 'deliveries', id, '--waiting')).out).toMatch(/call\.missed +waiting +3 +503/);
  expect((await admin('webhook', 'resend', String(failed?.id))).out).toContain('is sent again');
  expect((await admin('webhook', 'resend', '--failed', id)).out).toMatch(/^\d deliveries are sent again/);
  expect((await admin('webhook', 'remove', id, '--yes')).code).toBe(0);
  expect(await store.selectFrom('webhook_delivery').selectAll().execute()).toEqual([]);
  expect((await admin('webhook', 'list')).err).toContain('There are no webhooks.');
});

test('mails are listed with what became of them, and sent again', async () => {
  expect((await admin('mail', 'list')).err).toContain('There are no such mails.');
  const store = await server.store();
  const mail = {
    companyId: 2,
    userId: 1,
    appointmentId: 7,
    subject: 'x',
    title: 'Invitation: 评审',
    body: '{}',
    since: 1,
  };
  const failed = { ...mail, key: 'a', recipient: 'ann@out.example', doneAt: 1, outcome: '550 no such user' };
  const waiting = { ...mail, key: 'b', recipient: 'bob@out.example', doneAt: null, outcome: null };
  const rows = [failed, waiting].map((row) => ({ ...row, nextAt: 9e15, attempts: 1, isDelivered: 0 }));
  await store.insertInto('mail').values(rows).execute();
  const [given] = await json('mail', 'list', '--failed');
  expect(given).toMatchObject({ recipient: 'ann@out.example', title: 'Invitation: 评审', outcome: '550 no such user' });
  expect((await admin('mail', 'list')).out).toMatch(/bob@out\.example.+waiting.+\n.*ann@out\.example.+failed.+550/);
  expect((await admin('mail', 'resend', '--failed')).out).toBe('1 mails are sent again.\n');
  expect((await admin('mail', 'resend', String(given?.id))).err).toMatch(/is still being tried/);
  expect((await admin('mail', 'resend')).code).toBe(2);
});

describe('what is typed wrong', () => {
  test.each<[string, string[], number, RegExp]>([
    ['nothing', [], 2, /Usage[\s\S]*company[\s\S]*restore/],
    ['an unknown command', ['ap', 'list'], 2, /unknown command 'ap'[\s\S]*Did you mean app[\s\S]*Usage/],
    ['an unknown subcommand', ['app', 'lst'], 2, /unknown command 'lst'[\s\S]*Usage/],
    ['an unknown option', ['app', 'list', '--jsn'], 2, /unknown option '--jsn'[\s\S]*--json[\s\S]*Usage/],
    [
      'a password as an argument',
      ['user', 'set-password', 'root', '--password', 'x'],
      2,
      /unknown option '--password'/,
    ],
    ['a missing argument', ['app', 'rotate'], 2, /missing required argument 'id'/],
    ['a missing option', ['app', 'create', 'x'], 2, /--company <id>' not specified/],
    ['an id that is none', ['app', 'create', 'x', '--company', 'acme'], 2, /whole number/],
    ['neither platform nor company', ['user', 'create-admin', 'x'], 2, /--platform or --company/],
    ['two ways to name sessions', ['session', 'end', 'abcdef123456', '--all'], 2, /give exactly one of/],
    ['an unknown app', ['app', 'rotate', 'nobody'], 1, /There is no app nobody\./],
    ['an unknown company', ['app', 'create', 'x', '--company', '99'], 1, /There is no company 99\./],
    ['an id that no app can have', ['app', 'create', 'a.b', '--company', '2'], 1, /cannot be the id/],
    ['an app that exists', ['app', 'create', 'oa', '--company', '2'], 1, /There is an app oa already/],
    ['an account that exists', ['user', 'create-admin', 'root', '--platform', '--generate'], 1, /account root already/],
    ['an unknown user', ['user', 'set-password', 'nobody', '--generate'], 1, /no account nobody/],
    ['a webhook for an unknown app', ['webhook', 'add', 'nobody', 'https://a.example'], 1, /There is no app nobody/],
    ['a webhook that leads nowhere', ['webhook', 'add', 'oa', 'ftp://a.example'], 1, /is no address for a webhook/],
    ['an unknown event', ['webhook', 'add', 'oa', 'https://a.example', '--event', 'x'], 1, /there are call\.ringing,/],
    ['neither delivery nor webhook', ['webhook', 'resend'], 2, /give either/],
    ['no terminal to ask at', ['user', 'set-password', 'root'], 1, /--password-stdin/],
    ['an unknown session', ['session', 'end', 'abcdef123456'], 1, /There is no session/],
  ])('%s is answered with what would be right', async (_, args, code, says) => {
    const ran = await admin(...args);
    expect(ran).toMatchObject({ code, out: '', err: expect.stringMatching(says) });
    expect(ran.err).not.toContain('    at ');
  });

  test('help is there for everything, and no failure', async () => {
    for (const args of [['--help'], ['app', '--help'], ['app', 'create', '--help'], ['restore', '--help']])
      expect(await admin(...args)).toMatchObject({
        code: 0,
        err: '',
        out: expect.stringContaining('Usage: npm run admin --'),
      });
  });

  test('a database that is not there, or settings that are wrong, are named; nothing is created', async () => {
    using folder = temporaryFolder();
    const missing = join(folder.path, 'missing');
    for (const args of [
      ['app', 'list'],
      ['backup', join(folder.path, 'copy')],
    ])
      expect(await runAdmin({ DATA_DIR: missing }, args)).toMatchObject({
        code: 1,
        err: expect.stringContaining(missing),
      });
    expect(existsSync(missing)).toBe(false);
    const ran = await spawnAdmin({ DATA_DIR: missing }, ['app', 'list'], { env: { PORT: 'many' } });
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('PORT') });
  });
});

describe.skipIf(kind === 'PostgreSQL')('backup and restore of the file', () => {
  test('a copy is made while the server writes, and put back when it does not run', async () => {
    using folder = temporaryFolder();
    const settings = { DATA_DIR: join(folder.path, 'data'), DEMO: 'true' };
    const copy = join(folder.path, 'copy.sqlite');
    const first = await startTestServer(settings);
    const ran = (...args: string[]) => runAdmin(first.config, args);
    const sign = await first.sign();
    const make = (n: number) =>
      first.post('room', { method: 'newTempRoom', name: `Room ${n}`, numberLimit: 5, isPublic: true, sign });
    let writing = true;
    const written: number[] = [];
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        const { body } = await make(n);
        if (body.roomId) written.push(body.roomId);
      }
    })();
    expect(await ran('backup', copy)).toMatchObject({ code: 0, out: expect.stringContaining(copy) });
    writing = false;
    await writer;
    expect(statSync(copy).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder.path).sort()).toEqual(['copy.sqlite', 'data']);
    expect(await ran('backup', copy)).toMatchObject({ code: 1, err: expect.stringContaining('--force') });
    expect((await ran('backup', join(folder.path, 'no', 'copy'))).err).toContain('There is no folder');

    // A user created after the copy is gone when it is restored.
    await ran('user', 'create-admin', 'later', '--platform', '--generate');
    expect(await ran('restore', copy, '--yes')).toMatchObject({
      code: 1,
      err: expect.stringContaining('stop the server'),
    });
    expect((await first.post('room', { method: 'getRoomById', roomId: 1012 })).status).toBe(200);
    await first.close();
    expect(await ran('restore', copy)).toMatchObject({ code: 1, err: expect.stringContaining('--yes') });
    const restored = await ran('restore', copy, '--yes');
    expect(restored).toMatchObject({ code: 0, err: expect.stringContaining('The old database was kept as') });

    const second = await startTestServer(settings);
    expect((await runAdmin(second.config, ['user', 'list'])).out).not.toContain('later');
    const known = await Promise.all(
      written.map(async (roomId) => (await second.post('room', { method: 'getRoomById', roomId })).status === 200),
    );
    // The copy contains everything acknowledged before it began, and no gaps.
    expect(known).toEqual([...known].sort((a, b) => Number(b) - Number(a)));
    expect(await second.login('alice')).toEqual(expect.any(String));
    await second.close();

    const kept = /The old database was kept as (.+)\.$/m.exec(restored.err)?.[1] ?? '';
    const before = new DatabaseSync(kept, { readOnly: true });
    expect(before.prepare(`select count(*) as found from user where account = 'later'`).get()).toEqual({ found: 1 });
    before.close();
  });

  test('only a whole database of this platform, not newer than the program, is put back', async () => {
    using folder = temporaryFolder();
    const settings = { DATA_DIR: join(folder.path, 'data') };
    const restore = (file: string) => runAdmin(settings, ['restore', file, '--yes']);
    const file = join(folder.path, 'file.sqlite');
    expect((await restore(file)).err).toContain('There is no file');
    writeFileSync(file, 'a letter');
    expect((await restore(file)).err).toContain('no SQLite database');
    const other = join(folder.path, 'other.sqlite');
    const strange = new DatabaseSync(other);
    strange.exec('create table user (id integer)');
    strange.close();
    expect((await restore(other)).err).toContain('another program');

    await admin('backup', file, '--force');
    const damaged = readFileSync(file);
    damaged.fill(0xff, 4096 * 3, 4096 * 6);
    writeFileSync(other, damaged);
    expect((await restore(other)).err).toMatch(/damaged|cannot be read/);
    const newer = new DatabaseSync(file);
    newer.exec(`insert into kysely_migration values ('999_future', '2030-01-01')`);
    newer.close();
    expect((await restore(file)).err).toMatch(/newer version[\s\S]*999_future/);
    expect(existsSync(join(settings.DATA_DIR, 'meetframe.sqlite'))).toBe(false);

    newer.open();
    newer.exec(`delete from kysely_migration where name = '999_future'`);
    newer.close();
    expect(await restore(file)).toMatchObject({ code: 0 });
    expect((await runAdmin(settings, ['app', 'list'])).out).toContain('oa');
  });
});

describe('backup and restore', () => {
  test('the commands refer to PostgreSQL’s own tools', async () => {
    const ran = await runAdmin(server.config, ['backup', 'x'], { env: { DATABASE_URL: 'postgres://127.0.0.1:1/x' } });
    expect(ran).toMatchObject({ code: 1, err: expect.stringContaining('pg_dump') });
  });
});
