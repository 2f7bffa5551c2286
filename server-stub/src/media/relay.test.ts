import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { iceFor, isRelay, protocolsFor, relayCredentials } from './relay.ts';

const server = 'turn.example:3478';

test('credentials expire and are made of the shared secret', () => {
  const { urls, username, credential } = relayCredentials({ server }, 'north', '7', 0);
  expect(urls).toEqual(['turn:turn.example:3478?transport=udp', 'turn:turn.example:3478?transport=tcp']);
  expect(username).toBe('43200:7');
  expect(credential).toBe(createHmac('sha1', 'north').update('43200:7').digest('base64'));
});

test('[2.1] tcp, and TLS, reach the relay over TCP only', () => {
  expect(relayCredentials({ server, transport: 'tcp' }, 'north', '7').urls).toEqual([
    'turn:turn.example:3478?transport=tcp',
  ]);
  for (const transport of [undefined, 'udp', 'tcp'] as const)
    expect(relayCredentials({ server: 'turns:turn.example:5349', transport }, 'north', '7').urls).toEqual([
      'turns:turn.example:5349?transport=tcp',
    ]);
});

test('[2.1] udp reaches the relay over UDP only', () => {
  expect(relayCredentials({ server, transport: 'udp' }, 'north', '7').urls).toEqual([
    'turn:turn.example:3478?transport=udp',
  ]);
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
  expect(iceFor({ relayServer: server }, 'north', '7').iceTransportPolicy).toBe('relay');
  expect(iceFor({ relayServer: server, relay: 'all' }, 'north', '7').iceTransportPolicy).toBe('all');
  expect(iceFor({ relay: 'relay' }, 'north', '7')).toEqual({ iceServers: [], iceTransportPolicy: 'all' });
});

test('text that is not the address of a relay is detected', () => {
  for (const good of [server, 'turn.example', '127.0.0.1:3478', '[::1]:3478', 'turns:turn.example:443', 'TURN:a:1'])
    expect(isRelay(good), good).toBe(true);
  for (const bad of ['https://turn.example', 'turn.example:port', 'a b', 'turn.example?transport=tcp', '', 'a:1:2'])
    expect(isRelay(bad), bad).toBe(false);
});
