import { networkInterfaces } from 'node:os';
import { expect, test } from 'vitest';
import { parseConfig } from '../config.ts';
import { mediaAddresses, ownAddress } from './addresses.ts';

const config = (settings: Record<string, string>) => parseConfig({ SIGN_SECRET: 'x'.repeat(32), ...settings });

test('media listens on the loopback address and, where there is one, on the machine’s own', async () => {
  const all = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
  const others = all.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address);
  const own = await ownAddress();
  if (others.length) expect(others).toContain(own);
  else expect(own).toBeUndefined();
  expect(await mediaAddresses(config({}))).toEqual(['127.0.0.1', ...(own ? [own] : [])]);
});

test('settings say otherwise', async () => {
  expect(await mediaAddresses(config({ MEDIA_LISTEN: '127.0.0.1' }))).toEqual(['127.0.0.1']);
  expect(await mediaAddresses(config({ MEDIA_LISTEN: '192.0.2.7, ::1' }))).toEqual(['192.0.2.7', '::1']);
  expect(await mediaAddresses(config({ MEDIA_ANNOUNCED: '203.0.113.5' }))).toEqual(['127.0.0.1']);
});
