import { afterEach, expect, test, vi } from 'vitest';
import { createUpload } from './recordUpload.ts';

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The platform, which stores what continues its file; `fail` breaks the next requests. */
const platform = (stored = '') => {
  let text = stored;
  let failing: 'before' | 'after' | undefined;
  let ended = false;
  const asked: string[] = [];
  const answer = (status: number, body: object) => ({ ok: status < 400, json: async () => body });
  vi.stubGlobal('addEventListener', () => {});
  vi.stubGlobal('removeEventListener', () => {});
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', body }: { method?: string; body?: Blob }) => {
    asked.push(`${method} ${url.slice('upload/records/7'.length)}`);
    const how = failing;
    failing = undefined;
    if (how === 'before') throw new TypeError('the line is down');
    const conflict = {
      error: { code: 'CONFLICT', message: '', details: { offset: text.length, ...(ended && { ended }) } },
    };
    if (method === 'PUT') {
      const offset = Number(new URL(url, 'http://x').searchParams.get('offset'));
      if (ended || offset > text.length) return answer(409, conflict);
      const part = (await body?.text()) ?? '';
      if (offset + part.length > text.length) text += part;
    }
    if (method === 'POST') ended = true;
    // The platform has stored it, and nobody learns so.
    if (how === 'after') throw new TypeError('the line went down');
    return answer(200, { offset: text.length, ended });
  });
  return {
    asked,
    text: () => text,
    isEnded: () => ended,
    fail: (how: typeof failing) => {
      failing = how;
    },
    end: () => {
      ended = true;
    },
  };
};
const target = { id: 7, key: 'k' };

test('[3.31] sends what was added since, once, and the end', async () => {
  const server = platform();
  let whole = 'one';
  const upload = createUpload(target, async () => new Blob([whole]));
  upload.send();
  await vi.waitFor(() => expect(server.text()).toBe('one'));
  whole = 'onetwo';
  upload.send();
  await upload.finish();
  expect([server.text(), server.isEnded()]).toEqual(['onetwo', true]);
  expect(server.asked).toEqual(['GET ', 'PUT ?offset=0', 'PUT ?offset=3', 'POST /finish']);
});

test('[3.31] goes on where the platform is, after a reload and after answers that were lost', async () => {
  vi.useFakeTimers();
  const server = platform('one');
  const upload = createUpload(target, async () => new Blob(['onetwo']));
  server.fail('before');
  const finished = upload.finish();
  await vi.advanceTimersByTimeAsync(0);
  server.fail('after');
  await vi.advanceTimersByTimeAsync(60_000);
  await finished;
  expect([server.text(), server.isEnded()]).toEqual(['onetwo', true]);
});

test('[3.32] says when the platform has ended the recording, and stops when it is closed', async () => {
  vi.useFakeTimers();
  const server = platform();
  server.end();
  await expect(createUpload(target, async () => new Blob(['x'])).finish()).rejects.toMatchObject({ code: 'CONFLICT' });
  const other = platform();
  other.fail('before');
  const upload = createUpload(target, async () => new Blob(['x']));
  const finished = upload.finish();
  await vi.advanceTimersByTimeAsync(0);
  upload.close();
  await finished;
  expect(other.text()).toBe('');
});
