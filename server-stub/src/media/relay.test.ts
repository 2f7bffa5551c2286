import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { isRelay } from '../addresses.ts';
import { makeRelays, protocolsFor, type Route } from './relay.ts';

const server = 'turn.example:3478';
const relays = makeRelays({ TURN_SECRET: 'north', TURN_SERVERS: [server, 'turns:turn.example:5349'], TURN_TTL: 600 });
const urls = (route: Route) => relays.iceFor(route, '7').iceServers[0]?.urls;

test('credentials are made of the shared secret, expire soon, and are renewed before', () => {
  const { iceServers, renewIceIn } = relays.iceFor({ relayServer: server }, '7', 0);
  expect(iceServers).toEqual([
    {
      urls: ['turn:turn.example:3478?transport=udp', 'turn:turn.example:3478?transport=tcp'],
      username: '600:7',
      credential: createHmac('sha1', 'north').update('600:7').digest('base64'),
    },
  ]);
  expect(renewIceIn).toBe(450_000);
});

test('[2.1] credentials are given for the relays of the platform only, however they are written', () => {
  for (const own of [server, 'turn.example', 'TURN:Turn.Example', 'turns:turn.example'])
    expect(relays.offers(own), own).toBe(true);
  for (const other of [
    'turn.example:443',
    'evil.example:3478',
    'turns:turn.example:3478',
    'turn.example.evil.example',
  ]) {
    expect(relays.offers(other), other).toBe(false);
    expect(relays.iceFor({ relayServer: other }, '7')).toEqual({ iceServers: [], iceTransportPolicy: 'all' });
  }
});

test('without a secret there is no relay, and without a list neither', () => {
  const without = makeRelays({ TURN_SECRET: undefined, TURN_SERVERS: [server], TURN_TTL: 600 });
  expect(without.offers(server)).toBe(false);
  expect(makeRelays({ TURN_SECRET: 'north', TURN_SERVERS: [], TURN_TTL: 600 }).offers(server)).toBe(false);
});

test('[2.1] tcp, and TLS, reach the relay over TCP only', () => {
  expect(urls({ relayServer: server, transport: 'tcp' })).toEqual(['turn:turn.example:3478?transport=tcp']);
  for (const transport of [undefined, 'udp', 'tcp'] as const)
    expect(urls({ relayServer: 'turns:turn.example:5349', transport })).toEqual([
      'turns:turn.example:5349?transport=tcp',
    ]);
});

test('[2.1] udp reaches the relay over UDP only', () => {
  expect(urls({ relayServer: server, transport: 'udp' })).toEqual(['turn:turn.example:3478?transport=udp']);
});

test('[2.1] without a relay, tcp means TCP only and anything else both', () => {
  expect(protocolsFor({ transport: 'tcp' })).toEqual({ udp: false, tcp: true });
  expect(protocolsFor({ transport: 'udp' })).toEqual({ udp: true, tcp: true });
  expect(protocolsFor({})).toEqual({ udp: true, tcp: true });
});

test('[2.1] the relay connects over UDP, also when the browser reaches it over TCP', () => {
  expect(protocolsFor({ relayServer: server, transport: 'tcp' })).toEqual({ udp: true, tcp: false });
  expect(protocolsFor({ relayServer: server, relay: 'all', transport: 'tcp' })).toEqual({ udp: true, tcp: true });
});

test('[2.1] with a relay server media goes through it only, unless "all" is given; without one, directly', () => {
  expect(relays.iceFor({ relayServer: server }, '7').iceTransportPolicy).toBe('relay');
  expect(relays.iceFor({ relayServer: server, relay: 'all' }, '7').iceTransportPolicy).toBe('all');
  expect(relays.iceFor({ relay: 'relay' }, '7')).toEqual({ iceServers: [], iceTransportPolicy: 'all' });
});

test('text that is not the address of a relay is detected', () => {
  for (const good of [server, 'turn.example', '127.0.0.1:3478', '[::1]:3478', 'turns:turn.example:443', 'TURN:a:1'])
    expect(isRelay(good), good).toBe(true);
  for (const bad of ['https://turn.example', 'turn.example:port', 'a b', 'turn.example?transport=tcp', '', 'a:1:2'])
    expect(isRelay(bad), bad).toBe(false);
});
