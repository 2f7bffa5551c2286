import { expect, test } from 'vitest';
import { makeSign, readSign, signExpiry } from './signs.ts';

const secret = 'a secret of the platform';
const demo = { appId: 'demo', keyId: 'k1' };

test('a sign names its app and its key, and is read back', () => {
  const sign = makeSign(demo, secret, 60);
  expect(sign.split('.')[0]).toBe('demo');
  expect(readSign(sign, secret)).toEqual(demo);
  expect(signExpiry(makeSign(demo, secret, 60, 1_000_999))).toBe(1_060_000);
});

test('no two signs are the same, even within the same second', () => {
  expect(makeSign(demo, secret, 60, 0)).not.toBe(makeSign(demo, secret, 60, 0));
});

test('an expired, forged or foreign sign is refused', () => {
  const sign = makeSign(demo, secret, 60, 0);
  expect(() => readSign(sign, secret)).toThrow(/expired/);
  const fresh = makeSign(demo, secret, 60);
  expect(() => readSign(fresh.replace('demo', 'other'), secret)).toThrow(/forged/);
  expect(() => readSign(fresh.replace('.k1.', '.k2.'), secret)).toThrow(/forged/);
  expect(() => readSign(fresh.replace(/^demo\.\d+/, 'demo.9999999999'), secret)).toThrow(/forged/);
  expect(() => readSign(fresh, 'another secret')).toThrow(/forged/);
  for (const nonsense of ['', 'x', 'a.b', 'a.b.c', 'a.b.c.d', `${fresh}.x`])
    expect(() => readSign(nonsense, secret)).toThrow();
});
