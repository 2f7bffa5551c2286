import { expect, test } from 'vitest';
import { isPrivateAddress } from './account.ts';
import { makeSign, readSign } from './signs.ts';

const secret = 'a secret of the platform';

test('a sign names its app and is read back', () => {
  const sign = makeSign('demo', secret, 60);
  expect(sign.split('.')[0]).toBe('demo');
  expect(readSign(sign, secret)).toBe('demo');
});

test('an expired, forged or foreign sign is refused', () => {
  const sign = makeSign('demo', secret, 60, 0);
  expect(() => readSign(sign, secret)).toThrow(/expired/);
  const fresh = makeSign('demo', secret, 60);
  expect(() => readSign(fresh.replace('demo', 'other'), secret)).toThrow(/forged/);
  expect(() => readSign(fresh, 'another secret')).toThrow(/forged/);
  for (const nonsense of ['', 'x', 'a.b', `${fresh}.x`]) expect(() => readSign(nonsense, secret)).toThrow();
});

test('call-backs stay out of one’s own network', () => {
  for (const address of [
    '127.0.0.1',
    '10.1.2.3',
    '192.168.1.1',
    '172.20.0.1',
    '169.254.169.254',
    '::1',
    'fd00::1',
    '::ffff:127.0.0.1',
  ])
    expect(isPrivateAddress(address), address).toBe(true);
  for (const address of ['93.184.216.34', '2606:2800:220:1::1']) expect(isPrivateAddress(address), address).toBe(false);
});
