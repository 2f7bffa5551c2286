import { testFakeParameters } from 'mediasoup-client';
import { expect, test, vi } from 'vitest';
import { createMediaStack, type LoadStack } from './stack.ts';
import { fakeServer, fakeSession } from './testing.ts';

const events = { received() {}, ended() {}, refused() {}, renewed() {}, failed() {} };
const capabilities = testFakeParameters.generateRouterRtpCapabilities();
const stackOf = async (load: (real: LoadStack) => LoadStack) => {
  const { session } = await fakeSession();
  const real: LoadStack = async () => ({ createMediaSession: () => session });
  return { session, stack: createMediaStack({ call: fakeServer().call, events, load: load(real) }) };
};

test('is loaded once, by the first call', async () => {
  const load = vi.fn();
  const { session, stack } = await stackOf((real) => {
    load.mockImplementation(real);
    return load;
  });
  expect(stack.session).toBeUndefined();
  await Promise.all([stack.prepare(capabilities), stack.prepare(capabilities)]);
  expect(stack.session).toBe(session);
  expect(load).toHaveBeenCalledTimes(1);
});

test('a failed load rejects as a lost connection, and is tried again', async () => {
  let fails = true;
  const { stack } = await stackOf((real) => () => (fails ? Promise.reject(new TypeError('Failed to fetch')) : real()));
  await expect(stack.prepare(capabilities)).rejects.toMatchObject({ code: 'DISCONNECTED' });
  fails = false;
  await stack.prepare(capabilities);
  expect(stack.session).toBeDefined();
});
