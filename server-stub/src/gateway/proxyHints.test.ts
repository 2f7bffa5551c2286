import { PassThrough } from 'node:stream';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { cameThroughProxy, makeProxyHints } from './proxyHints.ts';

const watched = () => {
  const lines: { level: number; msg: string; [field: string]: unknown }[] = [];
  const out = new PassThrough();
  out.on('data', (line) => lines.push(JSON.parse(String(line))));
  return { lines, hints: makeProxyHints(pino(out), () => 'http://localhost:8080', ['other.example']) };
};

test('a proxy that says under which address browsers asked names what PUBLIC_ORIGIN must be, once', () => {
  const { lines, hints } = watched();
  const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'meet.example, inner', host: '10.0.0.3:8080' };
  hints.look(headers);
  hints.look(headers);
  expect(lines).toEqual([
    expect.objectContaining({
      level: 40,
      asked: 'https://meet.example',
      PUBLIC_ORIGIN: 'http://localhost:8080',
      msg: expect.stringContaining('set PUBLIC_ORIGIN'),
    }),
  ]);
});

test.each([
  {},
  { host: 'localhost:8080', 'x-forwarded-proto': 'http' },
  { host: 'other.example', 'x-forwarded-proto': 'https' },
  { host: 'meet.example', 'x-forwarded-proto': 'gopher' },
  { host: 'a b', 'x-forwarded-proto': 'https' },
])('says nothing about %j', (headers) => {
  const { lines, hints } = watched();
  hints.look(headers);
  expect(lines).toEqual([]);
});

test('a socket that was asked for without an upgrade is told of only when a proxy was in between', () => {
  const { lines, hints } = watched();
  hints.notUpgraded({ host: 'localhost:8080' });
  expect(lines).toEqual([]);
  hints.notUpgraded({ host: 'localhost:8080', 'x-forwarded-for': '203.0.113.7' });
  expect(lines.map(({ msg }) => msg)).toEqual([expect.stringContaining('Upgrade and Connection')]);
  expect(cameThroughProxy({ via: '1.1 proxy' })).toBe(true);
});

test('no stranger fills the log', () => {
  const { lines, hints } = watched();
  for (let n = 0; n < 100; n++) hints.look({ 'x-forwarded-proto': 'https', host: `${n}.example` });
  expect(lines.length).toBeLessThanOrEqual(20);
});
