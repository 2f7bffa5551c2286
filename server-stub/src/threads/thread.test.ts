import { expect, test } from 'vitest';
import { Thread } from './thread.ts';

const crashing = () => new Thread<string, string>(new URL('../testing/crashingThread.ts', import.meta.url));

test('a thread that crashes fails what it was asked, and answers again afterwards', async () => {
  const thread = crashing();
  expect(await thread.call('one')).toBe('one');
  const failed = ['end', 'two'].map((input) => thread.call(input));
  for (const one of failed) await expect(one).rejects.toThrow('The thread has ended');
  expect(thread.queued).toBe(0);
  expect(await thread.call('three')).toBe('three');
  expect(thread.lives).toBe(2);
  await thread.close();
});

test('closing answers what was asked before, and refuses what comes later', async () => {
  const thread = crashing();
  // A close waits a second for answers, in which a thread on a busy machine may not even have started.
  await thread.call('zero');
  const asked = thread.call('one');
  const closed = thread.close();
  await expect(thread.call('two')).rejects.toThrow('closed');
  expect(await asked).toBe('one');
  await closed;
  await thread.close();
});

test('what cannot be sent to a thread is refused and leaves nothing behind', async () => {
  const thread = crashing();
  await expect(thread.call((() => 1) as never)).rejects.toThrow();
  expect(thread.queued).toBe(0);
  await thread.close();
});
