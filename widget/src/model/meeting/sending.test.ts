// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { author, fakeMeeting, participant, snapshotOf } from '../testing.ts';
import { sendableName } from './sending.ts';

afterEach(() => void vi.unstubAllGlobals());

type Init = { method?: string; body?: Blob; signal?: AbortSignal };

/** A meeting on a platform that takes files of ten bytes. The next upload is refused, or hangs, as `nextUpload` says. */
const entered = async () => {
  const all = fakeMeeting();
  let stored = '';
  const asked: string[] = [];
  let next: object | 'hangs' | undefined;
  vi.stubGlobal('fetch', async (url: string, { method = 'GET', body, signal }: Init) => {
    asked.push(`${method} ${url}`);
    const how = method === 'PUT' ? next : undefined;
    if (method === 'PUT') next = undefined;
    if (how === 'hangs') await new Promise((_, reject) => signal?.addEventListener('abort', reject));
    if (how) return { ok: false, json: async () => ({ error: how }) };
    if (method === 'PUT') stored += await body?.text();
    const offset = stored.length;
    if (method === 'DELETE') stored = '';
    return { ok: true, json: async () => ({ offset }) };
  });
  all.server.next(snapshotOf(1, [participant(2)], { chatFiles: { largest: 10 } }));
  await all.meeting.enter({ roomId: 1012 });
  all.server.answer('meeting.beginFile', () => ({ fileId: 7, key: 'k' }));
  const file = { id: 7, name: 'a.txt', size: 5, type: 'application/octet-stream', link: 'upload/files/x' };
  const line = { id: 9, userId: 1, roomId: 1012, content: 'a.txt', client: author(1), time: 9, file };
  all.server.answer('meeting.finishFile', () => ({ message: line }));
  const sending = await all.meeting.chat.sending.load();
  return {
    ...{ ...all, sending, asked, stored: () => stored },
    nextUpload(how: typeof next): void {
      next = how;
    },
    forget(): void {
      stored = '';
    },
  };
};
const text = (content: string) => new File([content], 'a.txt');

test('[+ sendFile] a file is uploaded and sent, and pages get the whole address of it', async () => {
  const { sending, meeting, told, stored } = await entered();
  expect((await sending.send({ file: text('12345') })).id).toBe(9);
  expect([stored(), sending.transfers.value]).toEqual(['12345', []]);
  expect(meeting.chat.lines.value.map(({ id }) => id)).toEqual([9]);
  const event = told.find(({ name }) => name === 'onChat') as unknown as { payload: { file: { link: string } } };
  expect(event.payload.file.link).toBe(new URL('upload/files/x', document.baseURI).href);
});

test('[+ sendFile] what cannot be sent is refused before it is announced', async () => {
  const { sending, asked } = await entered();
  await expect(sending.send({ file: text('') })).rejects.toMatchObject({ code: 'INVALID_ARGUMENT' });
  await expect(sending.send({ file: text('12345678901') })).rejects.toMatchObject({
    ...{ code: 'INVALID_ARGUMENT', details: { field: 'file', largest: 10 } },
  });
  await sending.choose([text('12345678901'), text('ok')]);
  expect(sending.drafts.value.map(({ name }) => name)).toEqual(['a.txt']);
  expect(sending.refusal.value?.error.details).toMatchObject({ largest: 10 });
  expect(asked).toEqual([]);
});

test('[+ sendFile] a failed file stays to be tried again; one that is cancelled is forgotten on both sides', async () => {
  const { sending, asked, nextUpload, stored, forget } = await entered();
  nextUpload({ code: 'NOT_FOUND', message: 'There is no such upload.' });
  await expect(sending.send({ file: text('12345') })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const [failed] = sending.transfers.value;
  expect(failed?.error.value?.code).toBe('NOT_FOUND');
  expect(asked).toContain('DELETE upload/chat/7');
  await sending.retry(failed?.key ?? 0);
  expect([stored(), sending.transfers.value]).toEqual(['12345', []]);

  forget();
  nextUpload('hangs');
  const stopped = sending.send({ file: text('12345') });
  await vi.waitFor(() => expect(sending.transfers.value).toHaveLength(1));
  sending.cancel(sending.transfers.value[0]?.key ?? 0);
  expect(sending.transfers.value).toEqual([]);
  await expect(stopped).rejects.toMatchObject({ code: 'CONFLICT' });
});

test('[+ sendFile] leaving the meeting ends what is under way, and forgets what was chosen', async () => {
  const { sending, meeting, nextUpload } = await entered();
  nextUpload('hangs');
  await sending.choose([text('ok')]);
  const stopped = sending.send({ file: text('12345') });
  stopped.catch(() => {});
  await vi.waitFor(() => expect(sending.transfers.value).toHaveLength(1));
  await meeting.exit();
  await expect(stopped).rejects.toMatchObject({ code: 'NOT_IN_MEETING' });
  expect([sending.transfers.value, sending.drafts.value]).toEqual([[], []]);
});

test('[+ sendFile] a long name is shortened before its ending', () => {
  expect(sendableName(new File([''], `${'长'.repeat(300)}.docx`))).toBe(`${'长'.repeat(195)}.docx`);
  expect(sendableName(new Blob(['']))).toBe('file');
  expect(sendableName(new Blob(['']), '../x.txt')).toBe('x.txt');
});
