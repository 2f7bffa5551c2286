// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { create, hold } from './store.ts';

afterEach(() => void vi.unstubAllGlobals());

const facts = { id: 'a', use: 'local', fileName: 'x', startedAt: 1, mimeType: 'video/webm' } as const;

test('[3.13] where the browser denies the frame all storage, the pieces stay in memory', async () => {
  const denied = async () => {
    throw new DOMException('denied', 'SecurityError');
  };
  vi.stubGlobal('navigator', { storage: { getDirectory: denied }, locks: { request: denied } });
  hold('a')();
  const stored = await create(facts);
  await stored.add(new Blob(['one']));
  await stored.add(new Blob(['two']));
  await stored.note({ isSaved: true });
  expect(await (await stored.blob()).text()).toBe('onetwo');
  expect(stored.facts).toMatchObject({ fileName: 'x', isSaved: true });
  expect(await stored.finished()).toBeUndefined();
  await stored.removePieces();
  expect((await stored.blob()).size).toBe(0);
});
