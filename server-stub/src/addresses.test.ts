import { expect, test } from 'vitest';
import { isPublicAddress, isWithin, parseNetwork } from './addresses.ts';

test.each([
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '100.127.255.255',
  '127.0.0.1',
  '127.255.0.9',
  '169.254.169.254',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '198.19.9.9',
  '198.51.100.1',
  '203.0.113.1',
  '224.0.0.1',
  '239.1.1.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  '64:ff9b::10.0.0.1',
  '64:ff9b:1::a00:1',
  '4000::1',
  '100::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  '3fff::1',
  '5f00::1',
  'fc00::1',
  'fd12:3456::1',
  'fe80::1',
  'fe80::1%eth0',
  'fec0::1',
  'ff02::1',
  'localhost',
  '',
  '127.1',
  '0x7f000001',
])('%s is no host of the internet at large', (address) => {
  expect(isPublicAddress(address)).toBe(false);
});

test.each([
  '8.8.8.8',
  '93.184.216.34',
  '100.63.255.255',
  '172.32.0.1',
  '192.1.1.1',
  '2606:2800:220:1::1',
  '2a00:1450::5',
])('%s is one', (address) => {
  expect(isPublicAddress(address)).toBe(true);
});

test('networks are addresses with a length, and nothing else', () => {
  for (const right of ['10.2.0.0/16', '10.2.3.4', '::1', 'fd00::/8']) expect(parseNetwork(right), right).toBeDefined();
  for (const wrong of [
    '10.0.0.0/33',
    '10.0.0.0/',
    '10.0.0.0/8/8',
    'intranet',
    'fe80::1%eth0/64',
    '10.0.0.0/-1',
    '10.2/16',
  ])
    expect(parseNetwork(wrong), wrong).toBeUndefined();
});

test.each<[string, string, boolean]>([
  ['10.2.3.4', '10.2.0.0/16', true],
  ['10.3.3.4', '10.2.0.0/16', false],
  ['10.2.3.4', '10.2.3.4', true],
  ['fd00::1', 'fd00::/8', true],
  ['fd00:0:0::1', 'fd00::1', true],
  ['fd00::1', '10.2.0.0/16', false],
  ['localhost', '127.0.0.0/8', false],
  ['10.2', '10.0.0.0/8', false],
])('%s within %s: %s', (address, network, within) => {
  expect(isWithin(address, ['192.0.2.0/24', network])).toBe(within);
});
