import type { Frame } from '@playwright/test';
import { hasRelay, startRelay } from '../media/relay.ts';
import { must, roomFor } from './support/api.ts';
import { expect, hears, type Participant, sees, test, widgetWith } from './support/people.ts';
import { watchConnections } from './support/rtc.ts';

type Path = { type: string; protocol: string; relayProtocol: string | undefined };

/** How each connection of a widget that carries media does so. */
const paths = (frame: Frame): Promise<Path[]> =>
  frame.evaluate(async () => {
    const { connections } = window as never as { connections: RTCPeerConnection[] };
    const found: Path[] = [];
    for (const connection of connections) {
      if (connection.connectionState !== 'connected') continue;
      const stats = await connection.getStats();
      for (const { type, selectedCandidatePairId } of stats.values()) {
        if (type !== 'transport' || !selectedCandidatePairId) continue;
        const { candidateType, protocol, relayProtocol } = stats.get(
          stats.get(selectedCandidatePairId).localCandidateId,
        );
        found.push({ type: candidateType, protocol, relayProtocol });
      }
    }
    return found;
  });

const meet = async (
  join: (person: 'alice' | 'bob', options: { path: string }) => Promise<Participant>,
  how: object,
) => {
  const alice = await join('alice', { path: '/api/?locale=en' });
  const bob = await join('bob', { path: '/api/?locale=en' });
  for (const { page } of [alice, bob]) await watchConnections(page);
  const [sending, receiving] = [await widgetWith(alice, how), await widgetWith(bob, how)];
  const roomId = await roomFor(alice.page);
  await must(alice.page, 'meeting.enter', { roomId, username: 'alice' });
  await must(bob.page, 'meeting.enter', { roomId, username: 'bob' });
  await must(alice.page, 'meeting.publish', { audio: true, video: true });
  await expect.poll(() => sees(receiving, 'alice')).toBe(true);
  await expect.poll(() => hears(receiving, 'alice')).toBe(true);
  return { sending: await paths(sending), receiving: await paths(receiving) };
};

test('[2.1] directly, pictures and sound travel over UDP', async ({ join }) => {
  const { sending, receiving } = await meet(join, {});
  expect(sending).toContainEqual(expect.objectContaining({ protocol: 'udp' }));
  expect(receiving).toContainEqual(expect.objectContaining({ protocol: 'udp' }));
  for (const { type } of [...sending, ...receiving]) expect(type).not.toBe('relay');
});

test('[2.1] with transport tcp pictures and sound travel over TCP, and nothing over UDP', async ({ join }) => {
  const { sending, receiving } = await meet(join, { transport: 'tcp' });
  for (const path of [sending, receiving]) {
    expect(path.length).toBeGreaterThan(0);
    for (const { protocol } of path) expect(protocol).toBe('tcp');
  }
});

for (const transport of ['udp', 'tcp'] as const)
  test(`[2.1] with a relay server reached over ${transport}, everything travels through it`, async ({ join }) => {
    test.skip(!hasRelay, 'needs coturn, which npm test installs');
    const relay = await startRelay(process.env.RELAY_SECRET ?? '');
    try {
      const how = { relayServer: relay.address, relay: 'relay', transport };
      const { sending, receiving } = await meet(join, how);
      for (const path of [sending, receiving]) {
        expect(path.length).toBeGreaterThan(0);
        for (const { type, relayProtocol } of path)
          expect({ type, relayProtocol }).toEqual({ type: 'relay', relayProtocol: transport });
      }
    } finally {
      await relay.stop();
    }
  });
