import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import { create, leftovers } from './store.ts';

afterEach(() => void vi.unstubAllGlobals());

const facts = { id: 'a', use: 'local', fileName: 'x', startedAt: 1, mimeType: 'video/webm' } as const;

test('[3.13] where no files can be written, the pieces stay in IndexedDB, and are offered when the tab has closed', async () => {
  let held: { name: string }[] = [];
  const getDirectory = async () => {
    throw new DOMException('denied', 'SecurityError');
  };
  vi.stubGlobal('navigator', { storage: { getDirectory }, locks: { query: async () => ({ held }) } });
  const stored = await create(facts);
  await create({ ...facts, id: 'empty' });
  for (const piece of ['one', 'two']) await stored.add(new Blob([piece]));
  held = [{ name: 'meetframe-recording-a' }];
  expect(await leftovers('local')).toEqual([]);
  held = [];
  expect(await leftovers('upload')).toEqual([]);
  const [left, ...others] = await leftovers('local');
  expect([left?.facts, others]).toEqual([facts, []]);
  expect(await (await left?.blob())?.text()).toBe('onetwo');

  const file = await left?.finished();
  const writer = file?.writable.getWriter();
  const bytes = (text: string) => new TextEncoder().encode(text);
  for (const [text, position] of [
    ['....one', 0],
    ['two', 7],
    ['head', 0],
  ] as const)
    await writer?.write({ type: 'write', data: bytes(text), position });
  await writer?.close();
  expect(await (await file?.read())?.text()).toBe('headonetwo');
  await left?.note({ isSaved: true });
  await left?.removePieces();
  expect((await left?.blob())?.size).toBe(0);
  expect(await leftovers('local')).toEqual([]);
  expect(await (await file?.read())?.text()).toBe('');
});
