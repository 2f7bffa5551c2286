import { isOverSocket, type WireMethodName, wireMethods } from '@meetframe/contract/api';
import type { MethodTable } from '@meetframe/contract/define';
import { type Actor, actors, decisionsOf, seatActors } from '@meetframe/contract/may';
import { describe, expect, test } from 'vitest';
import { type Attempt, attempts, type Stage } from '../testing/attempts.ts';
import { kind } from '../testing/database.ts';
import { dump } from '../testing/dump.ts';
import type { Json, TestClient } from '../testing/harness.ts';
import { type Credentials, connect, inWorld, open, server, world } from '../testing/inWorld.ts';
import type { Scene } from '../testing/scenes.ts';

type Row = WireMethodName;
/** A page of the platform itself, and a page or back end of the company's app. */
const bothWays = ['over HTTP', 'over the socket, with a sign'] as const;
/** Both end in the same handlers, whose queries one way shows on the second database. */
const ways = kind === 'PostgreSQL' ? bothWays.slice(0, 1) : bothWays;
type Way = (typeof bothWays)[number];

const refusals = ['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'NOT_IN_MEETING'];

inWorld();

const cases = Object.entries(wireMethods as MethodTable).flatMap(([name, { may }]) => {
  const row = name as Row;
  const inputs = attempts[row] as Record<string, Attempt>;
  return decisionsOf(may).map(([title, decision]) => ({
    row,
    title,
    decision,
    attempt: inputs[title] as Attempt,
  }));
});
type Case = (typeof cases)[number];

test('every decision has an input to prove it with', () => {
  for (const { row, title, attempt } of cases) expect(attempt, `${row}, ${title}`).toBeDefined();
});

/** Connections on which no meeting is entered and no user logged in, so that tests can share them. */
const lasting = new Map<string, TestClient>();
const connectOnce = async (credentials: Credentials): Promise<TestClient> => {
  const key = JSON.stringify(credentials);
  const client = lasting.get(key) ?? (await server.client(credentials));
  lasting.set(key, client);
  return client;
};
const changesConnection = (row: Row) => row.startsWith('account.') || row === 'meeting.enter';

/**
 * Enters the scene's public room; with media, which takes time, for calls about media. Its appointment, which not everybody is shown, has
 * started by then in the database, too: participants wait for that write no longer than a moment, and a comparison of the tables must not
 * come before it.
 */
const enter = async (client: TestClient, { publicRoomId }: Scene, username: string, row: Row): Promise<Json> => {
  const { rtpCapabilities } = client.hello;
  const entered = await client.call('meeting.enter', {
    roomId: publicRoomId,
    username,
    ...(row.startsWith('media.') && { rtpCapabilities }),
  });
  const appointments = world.store.selectFrom('appointment').select('id').where('roomId', '=', publicRoomId);
  const begun = appointments.where('actuallyStartTime', 'is not', null);
  await expect.poll(() => begun.execute()).not.toEqual([]);
  return entered;
};

const credentialsOf = async (
  actor: Actor,
  { decision, attempt }: Case,
  scene: Scene,
  way: Way,
): Promise<Credentials> => {
  const sign = way === 'over HTTP' ? {} : { sign: world.sign };
  if (actor === 'stranger') return {};
  if (actor === 'app') return { sign: world.sign };
  const isItself = decision.about === 'account' && actor === 'owner';
  const known = world.people[actor];
  if (isItself) return { SID: (await world.login(scene[attempt.target ?? 'target'].account)).SID, ...sign };
  return { SID: attempt.endsSession ? (await world.login(known.account)).SID : known.SID, ...sign };
};

/** Asks again after as long as an answer says: the same owner does much in many meetings, more than a person would. */
const patiently = async (ask: () => Promise<Json>): Promise<Json> => {
  const answer = await ask();
  if (answer.error?.code !== 'THROTTLED') return answer;
  await new Promise((resolve) => setTimeout(resolve, answer.error.details.retryAfter));
  return patiently(ask);
};

/** Makes the call. Returns true when it did what was asked, false when it was refused for lack of permission. */
const judge = async (
  { row, attempt }: Case,
  ask: (input: Json) => Promise<Json>,
  stage: Stage,
  who: string,
): Promise<boolean> => {
  const input = await attempt.input(stage);
  const answer = await patiently(() => ask(input));
  const code: string | undefined = answer.error?.code;
  if (code === undefined || code === attempt.reaches) return attempt.granted?.(answer, stage) ?? true;
  expect(refusals, `${row} by ${who}: ${answer.error.message}`).toContain(code);
  return false;
};

type Meeting = Pick<Stage, 'inside' | 'other'>;

let others = 0;
/** A meeting of another user in the scene's public room. */
const openMeeting = async (scene: Scene, row: Row): Promise<Meeting> => {
  const inside = await connect({});
  return { inside, other: await enter(inside, scene, `Other ${++others}`, row) };
};

/** The owner enters, makes another participant the moderator and leaves. */
const makeModerator = async (client: TestClient, scene: Scene, row: Row): Promise<void> => {
  const owner = await connect({ SID: world.people.owner.SID });
  await enter(owner, scene, 'Owner', row);
  const { id } = (await client.call('meeting.snapshot')).client;
  const made = await patiently(() => owner.ask('meeting.setCompere', { userId: id }));
  expect(made.error).toBeUndefined();
  await owner.call('meeting.exit');
};

type Prepared = { ask: (input: Json) => Promise<Json>; stage: Stage };

/** Prepares everything, so that only the call itself is left. */
const prepare = async (
  { row }: Case,
  scene: Scene,
  credentials: Credentials,
  options: { overSocket: boolean; meeting?: Meeting | undefined; inMeeting?: boolean },
): Promise<Prepared> => {
  const meeting = options.meeting ?? { inside: undefined as never, other: {} };
  const stage: Stage = { ...scene, ...meeting, world, sign: credentials.sign };
  if (row === 'session.hello') {
    const client = await open();
    return { stage, ask: (input) => client.ask(row, { ...input, ...credentials }) };
  }
  if (!options.overSocket) {
    const [module = '', method] = row.split('.');
    return { stage, ask: async (input) => (await server.post(module, { method, ...credentials, ...input })).body };
  }
  const client = await (options.inMeeting || changesConnection(row) ? connect : connectOnce)(credentials);
  if (options.inMeeting) {
    await enter(client, scene, 'Participant', row);
    stage.inside = client;
  }
  return { stage, ask: (input) => client.ask(row, input) };
};

describe.each(ways)('%s', (way) => {
  test.each(cases)(
    '$row, $title: works for callers with permission, and changes nothing for the others',
    async (one) => {
      // Only a connection with a sign can renew it.
      if (one.row === 'session.renewSign' && way === 'over HTTP') return;
      const { about } = one.decision;
      const all: readonly Actor[] = about === 'meeting' ? seatActors : actors;
      const may = all.filter((actor) => one.decision.actors.includes(actor));
      const refused = all.filter((actor) => !may.includes(actor));
      // A permitted call can change the scene, so it gets a new one; a refused call leaves the scene as it was.
      const scenes = await world.scenes(about === 'meeting' ? 1 : 1 + may.length);
      const shared = scenes[0] as Scene;
      const as = async (actor: Actor, scene: Scene, meeting: Meeting | undefined) => {
        const overSocket = isOverSocket(wireMethods[one.row]) || way !== 'over HTTP';
        const credentials = await credentialsOf(actor, one, scene, way);
        const inMeeting = meeting !== undefined;
        const { ask, stage } = await prepare(one, scene, credentials, { overSocket, meeting, inMeeting });
        if (actor === 'chosenModerator') await makeModerator(stage.inside, scene, one.row);
        return async () => {
          outcome[actor] = await judge(one, ask, stage, actor);
          // The moderator leaves, so that the next caller can be one.
          if (inMeeting) await stage.inside.call('meeting.exit');
        };
      };
      const outcome: Record<string, boolean> = {};
      const calls = [];
      const begin = async (scene: Scene) => (about === 'meeting' ? await openMeeting(scene, one.row) : undefined);
      const meeting = await begin(shared);
      for (const actor of refused) calls.push(await as(actor, shared, meeting));
      const before = await dump(world.store);
      for (const call of calls) await call();
      expect(await dump(world.store)).toEqual(before);
      for (const [index, actor] of may.entries()) {
        const scene = scenes[index + 1] ?? shared;
        await (await as(actor, scene, one.attempt.removesOther ? await begin(scene) : meeting))();
      }
      expect(outcome).toEqual(Object.fromEntries(all.map((actor) => [actor, may.includes(actor)])));
    },
  );
});

describe.each(ways)('a user of another company, %s', (way) => {
  const owned = cases.filter(({ decision }) => decision.about !== 'nothing');
  const people = ['user', 'admin'] as const;

  test.each(owned)('$row, $title: is refused and changes nothing', async (one) => {
    const overSocket = way !== 'over HTTP';
    if (isOverSocket(wireMethods[one.row]) && !overSocket) return;
    const [scene] = (await world.scenes(1)) as [Scene];
    const meeting = one.decision.about === 'meeting' ? await openMeeting(scene, one.row) : undefined;
    const calls: (() => Promise<boolean>)[] = [];
    const as = async (who: string, credentials: Credentials) => {
      const { ask, stage } = await prepare(one, scene, credentials, { overSocket, meeting });
      calls.push(() => judge(one, ask, stage, who));
    };
    const { sign } = world.foreign;
    await as('app', { sign });
    for (const who of people) {
      const { SID } = world.foreign.people[who];
      await as(who, { SID, sign });
      // An invite code is valid for every caller on the platform's own page.
      if (one.decision.about !== 'code') await as(who, { SID });
    }
    const before = await dump(world.store);
    for (const call of calls) expect(await call()).toBe(false);
    expect(await dump(world.store)).toEqual(before);
  });
});

test.each(cases.filter(({ decision }) => decision.about === 'meeting'))(
  '$row, $title: is refused outside a meeting, to every caller',
  async (one) => {
    const [scene] = (await world.scenes(1)) as [Scene];
    const meeting = await openMeeting(scene, one.row);
    for (const actor of actors) {
      const credentials = await credentialsOf(actor, one, scene, 'over HTTP');
      const { stage, ask } = await prepare(one, scene, credentials, { overSocket: true, meeting });
      expect((await ask(await one.attempt.input(stage))).error?.code, actor).toBe('NOT_IN_MEETING');
    }
  },
);

test('attendees (level 5) cannot create rooms or appointments', async () => {
  const { people, store } = world;
  const { SID, id } = people.user;
  await store.updateTable('user').set({ role: 'attendee' }).where('id', '=', id).execute();
  const [scene] = await world.scenes(1);
  const stage: Stage = { ...(scene as Scene), world, sign: undefined, inside: undefined as never, other: {} };
  for (const [row, { may }] of Object.entries(wireMethods as MethodTable)) {
    if (!may.note?.includes('level 5')) continue;
    const [module = '', method] = row.split('.');
    const input = await attempts[row as Row].usual.input(stage);
    expect((await server.post(module, { method, SID, ...input })).body.error?.code, row).toBe('FORBIDDEN');
  }
  await store.updateTable('user').set({ role: 'user' }).where('id', '=', id).execute();
});
