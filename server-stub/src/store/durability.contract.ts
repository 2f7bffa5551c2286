import { randomInt } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { type FreshDatabase, freshDatabase, kind } from '../testing/database.ts';
import { type Json, TestClient } from '../testing/harness.ts';
import { ServerProcess } from '../testing/process.ts';
import { openStore, type Store } from './store.ts';

const rounds = 4;
/** How long clients write before the process is killed, in milliseconds; the exact moment is random. */
const writing = { least: 300, most: 1_500 };

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());

const start = () => new ServerProcess({ PORT: '0', MEDIA_PORT: '0' }, database);

/** What the server acknowledged, as the database must then contain it. */
type Acknowledged = {
  rooms: Map<number, string>;
  appointments: Map<number, number>;
  users: Map<number, string>;
  lines: Set<string>;
  /** The last acknowledged name of a user, and those sent after it without an answer. */
  renamed: { answered: string; asked: Set<string> };
};

/** Writes until the server is gone and records what was acknowledged. */
const write = async (server: ServerProcess, round: number, noted: Acknowledged): Promise<void> => {
  const origin = await server.origin;
  const post = async (module: string, body: object): Promise<Json> => {
    const answer = await fetch(`${origin}/app/${module}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return (await answer.json()) as Json;
  };
  let count = 0;
  const name = (what: string) => `${what} ${round}-${++count}`;
  const [alice, bob, admin] = await Promise.all(
    ['alice', 'bob', 'admin'].map(
      async (who) => (await post('account', { method: 'login', name: who, password: 'demo' })).SID as string,
    ),
  );
  const chatter = await TestClient.open(origin);
  await chatter.call('session.hello', { SID: bob, protocol: { major: 1, minor: 0 } });
  await chatter.call('meeting.enter', { roomId: 1012 });
  const admins = await post('user', {
    method: 'searchUserByOrgId',
    SID: admin,
    orgId: 2,
    pageNo: 0,
    pageSize: 1,
    name: 'carol',
  });
  const carolId = admins.users[0].id as number;

  const writers: (() => Promise<unknown>)[] = [
    async () => {
      const called = name('Room');
      const room = { method: 'createRoom', name: called, numberLimit: 5, isPublic: true };
      const { roomId } = await post('room', { SID: alice, ...room });
      if (roomId) noted.rooms.set(roomId, called);
    },
    async () => {
      const members = [{ name: 'Guest' }, { name: 'Another' }];
      const made = await post('appointment', { method: 'createAppointment', SID: bob, name: name('Meeting'), members });
      if (made.meetingId) noted.appointments.set(made.meetingId, members.length);
    },
    async () => {
      const account = name('user');
      const user = { method: 'addUser', orgId: 2, account, name: account, password: 'a secret', level: 4 };
      const { userId } = await post('user', { SID: admin, ...user });
      if (userId) noted.users.set(userId, account);
    },
    async () => {
      const content = name('line');
      if (!(await chatter.ask('meeting.chat', { content })).error) noted.lines.add(content);
    },
    async () => {
      const wanted = name('Carol');
      noted.renamed.asked.add(wanted);
      const { result } = await post('user', {
        method: 'modifyUser',
        SID: admin,
        userId: carolId,
        name: wanted,
      });
      if (result === 0) noted.renamed = { answered: wanted, asked: new Set() };
    },
  ];
  let over = false;
  const all = writers.map(async (once) => {
    // A request under way when the process dies fails or is never answered.
    while (!over) await Promise.race([once().catch(() => undefined), server.exited]);
  });
  await new Promise((done) => setTimeout(done, randomInt(writing.least, writing.most)));
  server.signal('SIGKILL');
  await server.exited;
  over = true;
  await Promise.all(all);
  chatter.kill();
};

const missing = async (store: Store, noted: Acknowledged): Promise<string[]> => {
  const rooms = new Map(
    (await store.selectFrom('room').select(['id', 'name']).execute()).map((row) => [row.id, row.name]),
  );
  const users = new Map(
    (await store.selectFrom('user').select(['id', 'account']).execute()).map((row) => [row.id, row.account]),
  );
  const invited = await store.selectFrom('appointment_member').select('appointmentId').execute();
  const lines = new Set(
    (await store.selectFrom('chat_message').select('content').execute()).map(({ content }) => content),
  );
  const { name } = await store
    .selectFrom('user')
    .select('name')
    .where('account', '=', 'carol')
    .executeTakeFirstOrThrow();
  return [
    ...[...noted.rooms].filter(([id, called]) => rooms.get(id) !== called).map(([id]) => `room ${id}`),
    ...[...noted.users].filter(([id, account]) => users.get(id) !== account).map(([id]) => `user ${id}`),
    ...[...noted.appointments]
      .filter(([id, members]) => invited.filter(({ appointmentId }) => appointmentId === id).length !== members)
      .map(([id]) => `appointment ${id}`),
    ...[...noted.lines].filter((line) => !lines.has(line)),
    ...(name === noted.renamed.answered || noted.renamed.asked.has(name) ? [] : [`the name ${noted.renamed.answered}`]),
  ];
};

test(`a server that is killed at any moment loses nothing that it has acknowledged (${kind})`, {
  timeout: 120_000,
}, async () => {
  const noted: Acknowledged = {
    rooms: new Map(),
    appointments: new Map(),
    users: new Map(),
    lines: new Set(),
    renamed: { answered: 'Carol', asked: new Set() },
  };
  for (let round = 0; round < rounds; round++) {
    const server = start();
    try {
      await write(server, round, noted);
    } finally {
      await server.end();
    }
  }
  // The server starts again on the same data and has all of it.
  const server = start();
  const store = await openStore(parseConfig(database.settings));
  try {
    for (const kept of [noted.rooms, noted.appointments, noted.users, noted.lines])
      expect(kept.size).toBeGreaterThan(0);
    expect(await missing(store, noted)).toEqual([]);
    // No appointment is incomplete, without its room or its invitations.
    const halves = store
      .selectFrom('appointment')
      .leftJoin('room', 'room.appointmentId', 'appointment.id')
      .select('appointment.id')
      .where('room.id', 'is', null);
    expect(await halves.execute()).toEqual([]);
    expect((await fetch(`${await server.origin}/healthz`)).status).toBe(200);
  } finally {
    await store.destroy();
    await server.end();
  }
});
