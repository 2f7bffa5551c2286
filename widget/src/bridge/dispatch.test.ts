import { type Handlers, RTCPeerError, widgetMethods, widgetOptions } from '@meetframe/contract';
import { expect, test } from 'vitest';
import * as z from 'zod/mini';
import { check } from './check.ts';
import { checkCode } from './deviceHandlers.ts';
import { createDispatch } from './dispatch.ts';
import { createOwn } from './own.ts';

const setUp = () => {
  const calls: [string, unknown][] = [];
  const handlers = Object.fromEntries(
    Object.keys(widgetMethods).map((name) => [
      name,
      (input: unknown) => {
        calls.push([name, input]);
        return {};
      },
    ]),
  ) as unknown as Handlers<typeof widgetMethods, undefined>;
  const relay = async (name: string, input: unknown) => {
    calls.push([name, input]);
    if (name === 'meeting.exit') throw new RTCPeerError('CONFLICT', 'no', { why: 1 });
    return {};
  };
  return { calls, ...createDispatch(createOwn(handlers), { relay, overrides: {} }) };
};

test('plain values and objects mean the same', async () => {
  const { call, calls } = setUp();
  await call('meeting.updateMute', [true]);
  await call('meeting.updateMute', [{ isMute: true }]);
  expect(calls).toEqual([
    ['meeting.updateMute', { isMute: true }],
    ['meeting.updateMute', { isMute: true }],
  ]);
});

const client = { id: 7 };
test.each([
  ['3.2', 'exitRoom', [], 'exit', undefined],
  ['3.6', 'stopPlay', [{ client }], 'closePlay', { client }],
  ['3.7', 'updateVideoMode', [false], 'updateVideo', { video: false }],
  ['3.8', 'mute', [true], 'updateMute', { isMute: true }],
  ['3.8', 'updateAudioMode', [true], 'updateMute', { isMute: false }],
  ['3.8', 'setAudio', [{ isAudio: false }], 'updateMute', { isMute: true }],
  ['3.21', 'hangupScreenshare', [{}], 'hangupShareScreen', {}],
] as const)('[%s] %s is an old name', async (_, old, args, name, input) => {
  const { call, calls } = setUp();
  // The relay of these tests refuses `exit`.
  await call(`meeting.${old}`, [...args]).catch(() => {});
  expect(calls).toEqual([[`meeting.${name}`, input]]);
});

test('a call that fails resolves with the result of its section, and rejects where the section has none', async () => {
  const { call } = createDispatch(createOwn({} as never), {
    relay: async (name) => {
      const code = name === 'login' ? 'THROTTLED' : 'FORBIDDEN';
      throw new RTCPeerError(code, 'no', { field: 'x' });
    },
    overrides: {},
  });
  const why = { code: 'FORBIDDEN', message: 'no', details: { field: 'x' } };
  expect(await call('createRoom', [{}])).toEqual({ result: 1, roomId: null, ...why });
  expect(await call('upadteRoom', [{}])).toEqual({ result: 1, roomId: null, ...why });
  expect(await call('modifyPasswrod', [{}])).toEqual({ result: 2, ...why });
  expect(await call('getRoomByInviteCode', [{ code: Number.NaN }])).toMatchObject({ result: 5, room: null });
  expect(await call('meeting.finish', [])).toEqual({ result: 1, ...why });
  await expect(call('getRoomById', [{ roomId: 1 }])).rejects.toEqual(why);
  await expect(call('login', [{}])).rejects.toMatchObject({ code: 'THROTTLED' });
});

test('methods of the server are relayed, under their old names too', async () => {
  const { call, calls } = setUp();
  await call('upadteRoom', [{ roomId: 7 }]);
  await call('queryMyRooms', []);
  expect(calls).toEqual([
    ['updateRoom', { roomId: 7 }],
    ['queryMyRooms', undefined],
  ]);
});

test('a method without arguments takes none', async () => {
  const { call, calls } = setUp();
  await call('meeting.checkAudio', []);
  expect(calls).toEqual([['meeting.checkAudio', undefined]]);
});

test.each([
  [z.object({ n: z.int().check(z.lte(3)) }), { n: 4 }, 'n', 'at most 3'],
  [z.object({ way: z.enum(['udp', 'tcp']) }), { way: 'x' }, 'way', 'one of udp, tcp'],
  [z.object({ a: z.union([z.object({ b: z.string() }), z.string()]) }), { a: { b: 1 } }, 'a.b', 'string'],
])('the error says what was expected, as the server does (%#)', (schema, input, field, expected) => {
  try {
    check(schema, input, 'x');
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', details: { field, expected } });
  }
});

test('the error of invalid input names the field and the expected value', async () => {
  const { call, calls } = setUp();
  await expect(call('meeting.play', [{ client: { id: 7 }, domId: 7 }])).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    details: { field: 'domId', expected: expect.any(String) },
  });
  await expect(call('meeting.updateVideo', ['yes'])).rejects.toMatchObject({ details: { field: 'video' } });
  expect(calls).toEqual([]);
});

test('unknown names, inherited ones too, are unsupported', async () => {
  const { call } = setUp();
  for (const name of ['meeting.fly', 'constructor', '__proto__'])
    await expect(call(name, [])).rejects.toMatchObject({ code: 'UNSUPPORTED' });
});

test('errors cross as plain objects', async () => {
  const { call } = setUp();
  const error = await call('meeting.exitRoom', []).catch((reason: unknown) => reason);
  expect(error).not.toBeInstanceOf(Error);
  expect(error).toEqual({ code: 'CONFLICT', message: 'no', details: { why: 1 } });
});

test('the refusal of an unknown option names it', () => {
  expect(() => check(widgetOptions, { rooom: 1 }, 'options')).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT', details: { field: 'rooom', expected: 'no such option' } }),
  );
});

test('device states have the codes of the specification', () => {
  const code = (name: ConstructorParameters<typeof RTCPeerError>[0]) => checkCode(new RTCPeerError(name, ''));
  expect([
    checkCode(undefined),
    code('PERMISSION_DENIED'),
    code('DEVICE_NOT_FOUND'),
    code('DEVICE_IN_USE'),
    code('INTERNAL'),
  ]).toEqual([1000, 1001, 1002, 1002, 1003]);
});
