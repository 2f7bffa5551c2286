import { expect, test } from 'vitest';
import { networkOf, sourceAddress } from './source.ts';

test.each([
  ['203.0.113.7', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['::ffff:cb00:7107', '203.0.113.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::', '2001:db8:1:2::/64'],
  ['2001:DB8:0001:0002:ffff::1', '2001:db8:1:2::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['', 'unknown'],
  ['_hidden', 'unknown'],
])('%s counts as %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network);
});

test.each([
  [undefined, '192.0.2.1'],
  ['', '192.0.2.1'],
  ['198.51.100.9, 203.0.113.7', '203.0.113.7'],
  ['203.0.113.7:4711', '203.0.113.7'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
  ['[::ffff:203.0.113.7]:4711', '203.0.113.7'],
  ['2001:DB8:0::7', '2001:db8::7'],
  ['[2001:db8::7]', '2001:db8::7'],
  ['198.51.100.9,[2001:db8::7]:443', '2001:db8::7'],
  ['unknown', 'unknown'],
  ['_proxy-7:80', 'unknown'],
  ['203.0.113.7:80:90', 'unknown'],
  ['203.0.113.7, x', 'unknown'],
])('behind a proxy that writes %j a request comes from %s', (forwarded, address) => {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  expect(sourceAddress({ headers, socket: { remoteAddress: '::ffff:192.0.2.1' } }, true)).toBe(address);
});

test('without a proxy the connection itself says where a request comes from', () => {
  const headers = { 'x-forwarded-for': '203.0.113.7' };
  expect(sourceAddress({ headers, socket: { remoteAddress: '::ffff:192.0.2.1' } }, false)).toBe('192.0.2.1');
  expect(sourceAddress({ headers, socket: {} }, false)).toBe('unknown');
});
