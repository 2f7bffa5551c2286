import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestServer, type TestServer } from '../testing/harness.ts';
import { makeAppRegistry } from './appRegistry.ts';

let server: TestServer;
let sign: string;
let status = 200;
const partner = createServer((_, response) => response.writeHead(status).end());
beforeAll(async () => {
  await once(partner.listen(0, '127.0.0.1'), 'listening');
  server = await startTestServer({ CALLBACK_ALLOW: '127.0.0.0/8' });
  sign = await server.sign();
});
afterAll(async () => {
  await server.close();
  partner.close();
});

const dock = async (account: string, more: object = {}) =>
  (await server.post('account', { method: 'dockingLogin', account, sign, ...more })).body;
const atOnce = (count: number, more: object = {}) =>
  Promise.all(Array.from({ length: count }, (_, n) => dock(`oa-${n}`, more)));
const setCallback = async (url: string | null) => makeAppRegistry(await server.store()).setCallback('demo', url);

test('[6.2] one back end can sign on any number of people at the same moment', async () => {
  const answers = await atOnce(60, { appkey: 'demo-secret' });
  expect(answers.map(({ result }) => result)).toEqual(Array(60).fill(0));
  await setCallback(`http://127.0.0.1:${(partner.address() as AddressInfo).port}/`);
  expect((await atOnce(60)).map(({ result }) => result)).toEqual(Array(60).fill(0));
});

test('[6.2] 3: while the partner does not answer, sign-ons fail; as soon as it answers, they work', async () => {
  await setCallback(`http://127.0.0.1:${(partner.address() as AddressInfo).port}/`);
  status = 503;
  expect((await atOnce(40)).map(({ result }) => result)).toEqual(Array(40).fill(3));
  status = 200;
  expect((await dock('oa-1')).result).toBe(0);
  await setCallback('http://127.0.0.1:1/');
  expect((await atOnce(40)).map(({ result }) => result)).toEqual(Array(40).fill(3));
  await setCallback(null);
});

test('[6.2] wrong appkeys are counted, also when many come at once', async () => {
  const answers = await atOnce(60, { appkey: 'wrong' });
  expect(answers.filter(({ result }) => result === 2)).toHaveLength(20);
  expect(answers.filter(({ error }) => error?.code === 'THROTTLED')).toHaveLength(40);
});
