import { type MediaProbe, RTCPeerError } from '@meetframe/contract';
import { afterEach, expect, test } from 'vitest';
import type { Reached } from '../media/probe.ts';
import { ConnectionTest } from './connectionTest.ts';

type Made = InstanceType<typeof ConnectionTest>;
const made: Made[] = [];
afterEach(() => {
  for (const one of made.splice(0)) one[Symbol.dispose]();
});

const candidates = [
  { protocol: 'udp', address: '192.0.2.1', port: 40000 },
  { protocol: 'tcp', address: '192.0.2.1', port: 40000 },
];
const probe = { iceCandidates: candidates } as unknown as MediaProbe;
const run = async (ways: { udp?: Reached | Error; tcp?: Reached | Error }, refusal?: RTCPeerError) => {
  const model = new ConnectionTest({
    client: {
      call: async (name: string) => {
        if (refusal) throw refusal;
        return name === 'media.probe' ? probe : {};
      },
    } as never,
    async attempt(_, protocol) {
      const way = ways[protocol];
      if (way instanceof Error) throw way;
      return way;
    },
  });
  made.push(model);
  await expect.poll(() => model.result.value).toBeDefined();
  return model.result.value;
};

test('the best way to the media server is found, and how long it takes', async () => {
  const [udp, tcp] = [
    { way: 'udp', rtt: 23 },
    { way: 'tcp', rtt: 40 },
  ] as const;
  expect(await run({ udp, tcp })).toMatchObject(udp);
  expect(await run({ tcp })).toMatchObject(tcp);
  expect(await run({ udp: { way: 'relay', rtt: 50 }, tcp })).toMatchObject(tcp);
  expect(await run({ udp: { way: 'relay', rtt: 50 } })).toMatchObject({ way: 'relay', rtt: 50 });
  // Where the browser does not say it, the round trip is that to the platform.
  expect((await run({ udp: { way: 'udp', rtt: undefined } }))?.rtt).toBeGreaterThanOrEqual(0);
});

test('what is blocked is named, and a platform that does not answer says why', async () => {
  expect(await run({ udp: new Error('refused by the browser') })).toMatchObject({
    way: undefined,
    ports: ['udp 192.0.2.1:40000', 'tcp 192.0.2.1:40000'],
  });
  const server = new RTCPeerError('DISCONNECTED', 'refused by the test');
  expect(await run({}, server)).toMatchObject({ way: undefined, server });
});
