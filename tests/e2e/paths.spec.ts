import type { Frame } from '@playwright/test';
import { hasRelay, startRelay } from '../media/relay.ts';
import { must, roomFor } from './support/api.ts';
import { expect, hears, type Join, type Participant, sees, test, widgetWith } from './support/people.ts';
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

const couple = async (join: Join) => {
  const options = { path: '/api/?locale=en', prepare: watchConnections };
  return { alice: await join('alice', options), bob: await join('bob', options) };
};

/** With widgets of these options: how what Alice sends travels, once Bob sees and hears her. */
const meet = async ({ alice, bob }: Record<'alice' | 'bob', Participant>, how: object) => {
  const [sending, receiving] = [await widgetWith(alice, how), await widgetWith(bob, how)];
  const roomId = await roomFor(alice.page);
  await must(alice.page, 'meeting.enter', { roomId, username: 'alice' });
  await must(bob.page, 'meeting.enter', { roomId, username: 'bob' });
  await must(alice.page, 'meeting.publish', { audio: true, video: true });
  await expect.poll(() => sees(receiving, 'alice')).toBe(true);
  await expect.poll(() => hears(receiving, 'alice')).toBe(true);
  return { sending: await paths(sending), receiving: await paths(receiving) };
};

test('[2.1] pictures and sound travel directly over UDP, and with transport tcp over TCP and nothing over UDP', async ({
  join,
}) => {
  const people = await couple(join);
  const { sending, receiving } = await meet(people, {});
  expect(sending).toContainEqual(expect.objectContaining({ protocol: 'udp' }));
  expect(receiving).toContainEqual(expect.objectContaining({ protocol: 'udp' }));
  for (const { type } of [...sending, ...receiving]) expect(type).not.toBe('relay');

  for (const path of Object.values(await meet(people, { transport: 'tcp' }))) {
    expect(path.length).toBeGreaterThan(0);
    for (const { protocol } of path) expect(protocol).toBe('tcp');
  }
});

test('[2.1] with a relay server reached over udp or tcp, everything travels through it', async ({ join }) => {
  test.skip(!hasRelay, 'needs coturn, which npm test installs');
  const relay = await startRelay(process.env.RELAY_SECRET ?? '', Number(process.env.RELAY_PORT));
  try {
    const people = await couple(join);
    for (const transport of ['udp', 'tcp'] as const) {
      const how = { relayServer: relay.address, relay: 'relay', transport };
      for (const path of Object.values(await meet(people, how))) {
        expect(path.length).toBeGreaterThan(0);
        for (const { type, relayProtocol } of path)
          expect({ type, relayProtocol }).toEqual({ type: 'relay', relayProtocol: transport });
      }
    }
  } finally {
    await relay.stop();
  }
});
