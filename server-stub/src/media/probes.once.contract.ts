import { expect, test } from 'vitest';
import { inRooms, server } from '../testing/meetings.ts';
import { reaches } from './stun.ts';

inRooms();

test('a probe answers as media would, over UDP and TCP, to whoever is in no meeting', async () => {
  const client = await server.client();
  const { iceParameters, iceCandidates } = await client.call('media.probe');
  for (const { protocol, address, port } of iceCandidates)
    expect(await reaches({ protocol, address, port, credentials: iceParameters }, 2000), protocol).toBe(true);
  expect(iceCandidates.map(({ protocol }: { protocol: string }) => protocol).sort()).toEqual(['tcp', 'udp']);
});

test('a network opens no more than sixty probes in a minute', async () => {
  const client = await server.client();
  const codes = await Promise.all(Array.from({ length: 70 }, () => client.code('media.probe')));
  expect(new Set(codes)).toEqual(new Set([undefined, 'THROTTLED']));
  expect(codes.filter((code) => code === undefined).length).toBeLessThanOrEqual(60);
});
