import type { Transcription } from '@meetframe/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { author, fakeMeeting, participant, snapshotOf } from '../../testing.ts';
import type { TranscriptModel } from './transcript.ts';

beforeEach(() => void vi.stubGlobal('localStorage', undefined));
afterEach(() => void vi.unstubAllGlobals());

const off: Transcription = { state: 'off', sessid: null, by: null, lang: 'en', problem: null, languages: [] };
const line = (bg: number, onebest: string, id = 2) => ({
  ...{ bg: String(bg), ed: String(bg + 900), client: author(id), onebest },
});

/** A meeting on a platform that transcribes, of which these sentences are known already. */
const setUp = async (before: ReturnType<typeof line>[] = []) => {
  const { server, meeting, problems } = fakeMeeting();
  server.next(snapshotOf(1, [participant(2)], { transcription: off }));
  server.answer('meeting.getTranscript', () => {
    const { search = '' } = server.named('meeting.getTranscript').at(-1) ?? {};
    const found = before.filter(({ onebest }) => onebest.includes(String(search)));
    return { lines: found.slice(-2), more: found.length > 2 };
  });
  await meeting.enter({ roomId: 1012 });
  await vi.waitFor(() => expect(meeting.transcribing.transcript.value).toBeDefined());
  const transcript = meeting.transcribing.transcript.value as TranscriptModel;
  const say = (data: object, id = 2) => server.tell('meeting.onTranscription', { data, client: author(id) });
  const spoken = () => transcript.spoken.value.map(({ client, text, isFinal }) => [client.name, text, isFinal]);
  const texts = () => transcript.lines.value.map(({ onebest }) => onebest);
  return { server, meeting, problems, transcript, say, spoken, texts };
};

test('[3.28] an interim text becomes a finished sentence; an empty one, and a gap, take it back', async () => {
  const { say, spoken, server } = await setUp();
  say({ var: 'hel', bg: '1000' });
  say({ var: 'good', bg: '900' }, 3);
  say({ var: 'hello every', bg: '1000' });
  expect(spoken()).toEqual([
    ['P3', 'good', false],
    ['P2', 'hello every', false],
  ]);
  say({ onebest: 'hello everybody', bg: '1000', ed: '2000' });
  say({ onebest: '', bg: '900', ed: '1500' }, 3);
  expect(spoken()).toEqual([['P2', 'hello everybody', true]]);
  say({ var: 'and', bg: '3000' });
  server.tell('meeting.onTranscriptionGap', { bg: '3000', ed: '4000', client: author(2), reason: 'slow' });
  expect(spoken()).toEqual([['P2', 'hello everybody', true]]);
});

test('the transcript has what was said before, is fetched when it is shown, and grows; earlier parts and searches are fetched', async () => {
  const { server, transcript, say, texts } = await setUp([line(1, 'one fish'), line(5, 'two fish'), line(9, 'blue')]);
  say({ onebest: 'not shown yet', bg: '20', ed: '21' });
  expect([texts(), server.named('meeting.getTranscript')]).toEqual([[], []]);
  const hide = transcript.show();
  await vi.waitFor(() => expect(texts()).toEqual(['two fish', 'blue']));
  expect(transcript.hasEarlier.value).toBe(true);
  say({ var: 'red', bg: '30' });
  say({ onebest: 'red fish', bg: '30', ed: '40' });
  server.tell('meeting.onTranscriptionGap', { bg: '50', ed: '60', client: author(3), reason: 'overloaded' });
  expect(transcript.lines.value.map(({ onebest, lost }) => lost ?? onebest)).toEqual([
    ...['two fish', 'blue', 'red fish', 'overloaded'],
  ]);
  await transcript.fetchEarlier();
  expect(server.named('meeting.getTranscript').at(-1)).toEqual({ before: '5' });
  await transcript.find(' fish ');
  expect(server.named('meeting.getTranscript').at(-1)).toEqual({ search: 'fish' });
  expect(texts()).toEqual(['one fish', 'two fish']);
  say({ onebest: 'nothing', bg: '70', ed: '71' });
  say({ onebest: 'Fish!', bg: '80', ed: '81' });
  expect(texts()).toEqual(['one fish', 'two fish', 'Fish!']);
  hide();
  expect(texts()).toEqual([]);
});

test('a transcript that cannot be fetched says so, and after a loss of the connection it is fetched anew', async () => {
  const { server, transcript, meeting, say, spoken } = await setUp([line(1, 'one')]);
  server.refuse('meeting.getTranscript', 'TIMEOUT');
  transcript.show();
  await vi.waitFor(() => expect(transcript.hasFailed.value).toBe(true));
  server.allow('meeting.getTranscript');
  say({ var: 'half a', bg: '5' });
  meeting.seat.take(snapshotOf(1, [], { transcription: { ...off, state: 'on' } }));
  await vi.waitFor(() => expect(transcript.lines.value).toHaveLength(1));
  expect([transcript.hasFailed.value, spoken(), transcript.state.value?.state]).toEqual([false, [], 'on']);
});

test('[3.28] the moderator turns it on; a refusal is shown; what the platform does is followed', async () => {
  const { server, transcript, meeting, problems } = await setUp();
  server.answer('meeting.transcribe', () => ({ result: true, message: '', sessid: 'a' }));
  await transcript.act('start');
  expect(server.named('meeting.transcribe')).toEqual([{ action: 'start' }]);
  server.tell('meeting.onTranscribe', { ...off, state: 'on', by: author(1) });
  expect(transcript.state.value).toMatchObject({ state: 'on', by: { name: 'P1' } });
  server.refuse('meeting.transcribe', 'FORBIDDEN');
  await transcript.act('stop');
  expect(problems).toEqual(['FORBIDDEN']);
  meeting.seat.leave('exit');
  expect(transcript.state.value).toBeUndefined();
});

test('sentences are read in another language, told to the platform once more with a new seat; the original stays', async () => {
  const { server, transcript, meeting, say } = await setUp();
  const told = () => server.named('meeting.translateTranscript').map((input) => input?.lang);
  server.tell('meeting.onTranscribe', { ...off, state: 'on', languages: ['zh-CN', 'de'] });
  await transcript.translate('zh-CN');
  say({ onebest: 'hello', bg: '1', ed: '2' });
  say({ onebest: 'hello', bg: '1', ed: '2', trans: { 'zh-CN': '你好' } });
  expect(transcript.spoken.value).toMatchObject([{ text: 'hello', trans: { 'zh-CN': '你好' } }]);
  meeting.seat.take(snapshotOf(9, [], { transcription: { ...off, languages: ['zh-CN'] } }));
  expect(told()).toEqual(['zh-CN', 'zh-CN']);
  // A platform that cannot translate into it is not asked.
  meeting.seat.take(snapshotOf(9, [], { transcription: off }));
  await transcript.translate(null);
  expect(told()).toEqual(['zh-CN', 'zh-CN', null]);
});

test('whether captions are shown, and how large, is remembered where something can be stored', async () => {
  const stored: Record<string, string> = {};
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => stored[key] ?? null,
    setItem: (key: string, value: string) => void Object.assign(stored, { [key]: value }),
  });
  const { captions } = (await setUp()).transcript;
  expect([captions.isOn.value, captions.size.value]).toEqual([true, 'medium']);
  captions.choose({ size: 'huge' });
  captions.choose({ isOn: false });
  const again = (await setUp()).transcript.captions;
  expect([again.isOn.value, again.size.value]).toEqual([false, 'huge']);
  stored['meetframe.captions'] = '{"size": "gigantic", "isOn": 7}';
  const strange = (await setUp()).transcript.captions;
  expect([strange.isOn.value, strange.size.value]).toEqual([true, 'medium']);
});

test('a platform without a speech engine loads nothing', async () => {
  const { server, meeting } = fakeMeeting();
  server.next(snapshotOf(1));
  await meeting.enter({ roomId: 1012 });
  expect([meeting.transcribing.state.value, meeting.transcribing.transcript.value]).toEqual([undefined, undefined]);
});
