import type { IncomingMessage } from 'node:http';
import { protocol } from '@meetframe/contract/version';
import { rates } from '@meetframe/contract/wire';
import { expect, test } from 'vitest';
import { makeLog } from '../log.ts';
import { makeHello, type Welcome } from './hello.ts';
import { makeProxyHints } from './proxyHints.ts';

const hello = () =>
  makeHello({
    config: {},
    origin: () => 'https://meet.example',
    hints: makeProxyHints(makeLog('silent'), () => 'https://meet.example'),
  } as unknown as Parameters<typeof makeHello>[0]);
// A page of another origin without a sign: refused before anything else is asked.
const request = { headers: { origin: 'https://other.example' } } as IncomingMessage;
const code = (answer: Promise<unknown>) => answer.catch((error) => error.code);

test('types: an answer with another field than the contract has, or another kind of value, does not compile', () => {
  type Answer = Welcome['answer'];
  const app = { id: 'demo', name: 'Demo' };
  expect<Pick<Answer, 'app'>>({ app }).toBeTruthy();
  // @ts-expect-error no such field
  expect<Pick<Answer, 'app'>>({ app, secret: 'of the app' }).toBeTruthy();
  // @ts-expect-error a value of another type
  expect<Pick<Answer, 'grace'>>({ grace: 'soon' }).toBeTruthy();
});

test('greetings are limited by address, and all addresses of an IPv6 network count as one', async () => {
  const greet = hello();
  for (let n = 0; n < rates.hello.times; n++)
    expect(await code(greet({ protocol }, request, `2001:db8::${n.toString(16)}`))).toBe('UNAUTHENTICATED');
  expect(await code(greet({ protocol }, request, '2001:db8::ffff'))).toBe('THROTTLED');
  expect(await code(greet({ protocol }, request, '2001:db8:0:1::1'))).toBe('UNAUTHENTICATED');
});
