import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { relayCredentials } from './media/relay.ts';

const base = { SIGN_SECRET: 'x'.repeat(32) };

test('defaults suit a first start', () => {
  expect(parseConfig(base)).toMatchObject({
    PORT: 8080,
    HOST: '127.0.0.1',
    PUBLIC_ORIGIN: 'http://localhost:8080',
    DEMO: true,
    GRACE_MS: 30_000,
  });
  expect(parseConfig({ ...base, NODE_ENV: 'production' }).DEMO).toBe(false);
});

test('a wrong value is named', () => {
  expect(() => parseConfig({ ...base, PORT: 'many' })).toThrow(/PORT: /);
  expect(() => parseConfig({ ...base, PUBLIC_ORIGIN: 'https://a.example/path' })).toThrow(/PUBLIC_ORIGIN: .*origin/);
  expect(() => parseConfig({ ...base, MEDIA_LISTEN: '0.0.0.0' })).toThrow(/MEDIA_ANNOUNCED/);
});

test('relay credentials expire and are made of the shared secret', () => {
  const relay = relayCredentials('turn.example:3478', 'north', '7', 0);
  expect(relay).toMatchObject({
    username: '43200:7',
    urls: ['turn:turn.example:3478?transport=udp', 'turn:turn.example:3478?transport=tcp'],
  });
  expect(Buffer.from(relay.credential, 'base64')).toHaveLength(20);
});
