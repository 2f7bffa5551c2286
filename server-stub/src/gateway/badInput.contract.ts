import { isOverSocket, meeting, platform, type WireMethodName, wireMethods } from '@meetframe/contract/api';
import type { Method, MethodTable } from '@meetframe/contract/define';
import { expect, test } from 'vitest';
import { checkAnswer } from '../testing/answers.ts';
import { type Attempt, attempts, type Stage } from '../testing/attempts.ts';
import { fieldsOf, type Odd, oddInputs } from '../testing/badValues.ts';
import { kind } from '../testing/database.ts';
import { dump, lost } from '../testing/dump.ts';
import type { Json, TestClient } from '../testing/harness.ts';
import { connect, inWorld, open, server, world } from '../testing/inWorld.ts';
import type { Scene } from '../testing/scenes.ts';
import { bare } from '../testing/ways.ts';

type Row = WireMethodName;
const rows: MethodTable = wireMethods;
const ways = ['JSON', 'form', 'socket'] as const;
type Way = (typeof ways)[number];
type Ask = (input: Json) => Promise<Json>;

inWorld();

/** Sends a body as JSON or in the form field `params`. Returns the answer and its HTTP status. */
const send = async (module: string, way: Way, message: Json): Promise<Json & { status: number }> => {
  const text = JSON.stringify(message);
  const json = way === 'JSON';
  const answer = await fetch(`${server.origin}/app/${module}`, {
    method: 'POST',
    headers: { 'content-type': json ? 'application/json' : 'application/x-www-form-urlencoded' },
    body: json ? text : new URLSearchParams({ params: text }),
  });
  return { ...((await answer.json()) as Json), status: answer.status };
};

const enterWithMedia = async (client: TestClient, roomId: number): Promise<Json> =>
  await client.call('meeting.enter', {
    roomId,
    username: 'Participant',
    rtpCapabilities: client.hello.rtpCapabilities,
  });

/** A caller with permission for every row, in a meeting where the row needs one. */
const setUp = async (row: Row, scene: Scene, SID: string): Promise<Stage> => {
  const stage: Stage = { ...scene, world, sign: undefined, inside: undefined as never, other: {} };
  if (wireMethods[row].may.about !== 'meeting') return stage;
  stage.inside = await connect({ SID });
  stage.other = await enterWithMedia(stage.inside, scene.publicRoomId);
  return stage;
};

const askOver = async (row: Row, way: Way, SID: string, stage: Stage): Promise<Ask> => {
  const [module = '', method] = row.split('.');
  if (row === 'session.hello')
    return async (input) => {
      return await (await open()).ask(row, input);
    };
  if (way === 'socket') {
    const client = stage.inside ?? (await connect({ SID }));
    return (input) => client.ask(row, input);
  }
  return async (input) => {
    const { status, ...answer } = await send(module, way, { SID, ...input, method });
    checkAnswer(row, answer);
    expect(status).toBeLessThan(500);
    // A `result` of the row’s section is an answer like any other.
    if (answer.error && answer.result === undefined) expect(status).toBeGreaterThanOrEqual(400);
    return answer;
  };
};

/** In bundles, so that the test is short and no request queue exceeds the server's limit. */
const each = async (odd: readonly Odd[], check: (one: Odd) => Promise<void>, atOnce = 40): Promise<string[]> => {
  const problems: string[] = [];
  for (let start = 0; start < odd.length; start += atOnce)
    await Promise.all(
      odd.slice(start, start + atOnce).map((one) =>
        check(one).catch((error: Error) => {
          problems.push(`${one.path} (${one.what}): ${error.message}`);
        }),
      ),
    );
  return problems;
};

/** Checks the answer to an input of the wrong shape. */
const checkRefusal = (row: Row, way: Way, { path, what }: Odd, { error }: Json): void => {
  if (!error) throw new Error('was accepted');
  const isCredential = path === 'SID' || path === 'sign';
  if (isCredential && error.code === 'UNAUTHENTICATED') return;
  if (row === 'session.hello' && error.code === 'VERSION_MISMATCH' && path === 'protocol.major') return;
  if (error.code !== 'INVALID_ARGUMENT') throw new Error(`was answered ${error.code}: ${error.message}`);
  const { field } = error.details;
  // The parser refuses this before the fields are checked.
  if (field === 'body' && way === 'JSON' && what === 'names of every object') return;
  const isThere = path === field || path.startsWith(`${field}.`) || field.startsWith(`${path}.`);
  if (!field || !isThere) throw new Error(`named the field "${field}"`);
  if (/\n\s+at |node_modules|server-stub/.test(JSON.stringify(error))) throw new Error('showed a stack');
};

/** The form field holds the same JSON, so one odd value of each kind per field is enough. */
const sparse = (all: readonly Odd[]): Odd[] => [
  ...new Map(all.map((one) => [`${one.path} ${one.mustFail}`, one])).values(),
];

const inputsOf = (row: Row, way: Way, good: Json) => {
  const schema = (rows[row] as Method).input;
  const all = way === 'form' ? sparse(oddInputs(schema, good)) : oddInputs(schema, good);
  const isRefused = ({ value, mustFail }: Odd) => mustFail || !schema.safeParse(value).success;
  return { wrong: all.filter(isRefused), odd: all.filter((one) => !isRefused(one)) };
};

const cases = (Object.keys(wireMethods) as Row[])
  .filter((row) => fieldsOf((rows[row] as Method).input).length > 0)
  .flatMap((row) =>
    ways.filter((way) => way === 'socket' || !isOverSocket(wireMethods[row])).map((way) => ({ row, way })),
  );

const prepare = async (row: Row) => {
  const [scene] = (await world.scenes(1)) as [Scene];
  const { SID } = await world.login(scene.administrator.account);
  const stage = await setUp(row, scene, SID);
  return { SID, stage, good: await (attempts[row].usual as Attempt).input(stage) };
};

// Once only: input of the wrong shape does not reach the database.
test.skipIf(kind === 'PostgreSQL').each(cases)(
  '$row over $way: a wrong field is refused by its name, and nothing is changed',
  async ({ row, way }) => {
    const { SID, stage, good } = await prepare(row);
    const before = await dump(world.store);
    const ask = await askOver(row, way, SID, stage);
    const { wrong } = inputsOf(row, way, good);
    expect(await each(wrong, async (one) => checkRefusal(row, way, one, await ask(one.value as Json)))).toEqual([]);
    expect(await dump(world.store)).toEqual(before);
  },
);

// The same whichever way it comes.
test.each(cases.filter(({ row, way }) => way === 'JSON' || isOverSocket(wireMethods[row])))(
  '$row over $way: an odd but valid value may work or not, and changes no data of other users',
  async ({ row, way }) => {
    const before = await dump(world.store);
    const { SID, stage, good } = await prepare(row);
    const ask = await askOver(row, way, SID, stage);
    // One after another in a meeting: when a device opens media twice at once, the first request is refused.
    const atOnce = row in meeting ? 1 : 40;
    const { odd } = inputsOf(row, way, good);
    expect(await each(odd, async (one) => void (await ask(one.value as Json)), atOnce)).toEqual([]);
    // A file that is still being sent goes with its sender, who was here in an earlier case.
    const isUnsent = (row: string) => row.startsWith('chat_file ') && row.includes('"sentAt":null');
    expect(lost(before, await dump(world.store)).filter((row) => !isUnsent(row))).toEqual([]);
    expect((await send('session', 'JSON', { method: 'ping' })).serverTime).toBeGreaterThan(0);
    if (isOverSocket(wireMethods[row]))
      expect((await enterWithMedia(await connect({}), 1012)).media.send.id).toBeTruthy();
  },
);

/** Ids of data of another company, for every field that can name one. */
const idsOf = ({
  roomId,
  publicRoomId,
  meetingId,
  publicMeetingId,
  recordId,
  target,
}: Scene): Record<string, unknown[]> => ({
  roomId: [roomId, publicRoomId],
  meetingId: [meetingId, publicMeetingId],
  code: [meetingId, publicMeetingId],
  recordIds: [[recordId]],
  userId: [target.id],
  moderatorId: [world.people.member.id],
  orgId: [world.orgId],
  oraId: [world.orgId],
  members: [[{ id: target.id }], [`0,${target.account},,a@example.com,${target.id},Etc/GMT+8,1`]],
});

/** The call changed nothing, and its answer contains no data. */
const isEmpty = ({ error, result, status: _, module: __, method: ___, ...answer }: Json): boolean =>
  error !== undefined ||
  (result !== undefined && result !== 0) ||
  Object.values(answer)
    .flat()
    .every((value) => !value);

const platformRows = (Object.keys(platform) as (keyof typeof platform)[]).filter(
  (row) => !isOverSocket(wireMethods[row]),
);
// All ways end in the same handlers, whose queries one way shows on the second database.
const waysIn = kind === 'PostgreSQL' ? ways.slice(0, 1) : ways;
test.each(platformRows.flatMap((row) => waysIn.map((way) => ({ row, way }))))(
  '$row over $way: ids of another company give nothing and change nothing, in any field',
  async ({ row, way }) => {
    const [scene] = (await world.scenes(1)) as [Scene];
    const ids = idsOf(scene);
    const { sign, orgId, people } = world.foreign;
    const stage: Stage = { ...scene, world, sign, inside: undefined as never, other: {} };
    const good = await attempts[row].usual.input(stage);
    const [module = '', method] = row.split('.');
    const ask = async (SID: string): Promise<Ask> => {
      if (way !== 'socket') return (input) => send(module, way, { method, SID, sign, ...input });
      const client = await connect({ SID, sign });
      return async (input) => bare(await client.ask(row, input));
    };
    const askers = [await ask(people.user.SID), await ask(people.admin.SID)];
    const before = await dump(world.store);
    for (const field of fieldsOf(platform[row].input).filter((name) => Object.hasOwn(ids, name)))
      for (const value of ids[field] as unknown[])
        for (const call of askers) {
          const own = 'orgId' in good ? { orgId } : {};
          const answer = await call({ ...good, ...own, [field]: value });
          expect(isEmpty(answer), `${field} ${JSON.stringify(answer)}`).toBe(true);
        }
    expect(await dump(world.store)).toEqual(before);
  },
);
