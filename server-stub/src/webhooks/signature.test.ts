import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../testing/folder.ts';
import { newWebhookSecret, signatureHeaders } from './signature.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/webhooks.md'), 'utf8');

test('the example of Standard Webhooks has the signature that its authors give', () => {
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const headers = signatureHeaders(secret, {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    time: 1614265330,
    body: '{"test": 2432232314}',
  });
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

test.each(['docs/webhooks.md', 'examples/webhook.ts'])(
  'the code of %s accepts what the platform signs, and nothing else',
  async (where) => {
    using folder = temporaryFolder();
    const file = join(folder.path, 'authentic.mjs');
    writeFileSync(file, /```js\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
    const { isAuthentic } = await import(where.endsWith('.ts') ? join(import.meta.dirname, '../../..', where) : file);
    const secret = newWebhookSecret();
    const [id, body, time] = ['call_ended_1', '{"type":"call.ended","名":"王"}', Math.floor(Date.now() / 1000)];
    const headers = signatureHeaders(secret, { id, time, body });
    expect(isAuthentic(secret, headers, body)).toBe(true);
    expect(isAuthentic(newWebhookSecret(), headers, body)).toBe(false);
    expect(isAuthentic(secret, headers, `${body} `)).toBe(false);
    expect(isAuthentic(secret, { ...headers, 'webhook-id': 'call_ended_2' }, body)).toBe(false);
    expect(isAuthentic(secret, { ...headers, 'webhook-timestamp': String(time - 1) }, body)).toBe(false);
    expect(isAuthentic(secret, signatureHeaders(secret, { id, time: time - 301, body }), body)).toBe(false);
    expect(isAuthentic(secret, {}, body)).toBe(false);
  },
);
