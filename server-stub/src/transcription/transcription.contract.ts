import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';
import { meetingWithVoice } from '../testing/meetingWithVoice.ts';
import { speak } from '../testing/speech.ts';

const hello = speak('hello everybody');
const meeting = speak('the meeting starts now');

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({
    TRANSCRIBE_ENGINE: 'pocketsphinx',
    TRANSCRIBE_LANGUAGE: 'en',
    TRANSCRIBE_ANSWER_MS: '60000',
  });
});
afterEach(() => server.dismiss());
afterAll(() => server.close());

const finalOf = (client: TestClient, text: string) =>
  client.event('meeting.onTranscription', ({ data }) => data.onebest === text, 40_000);

test('[3.28] what a participant says is recognised, sent to everybody and kept', { timeout: 120_000 }, async () => {
  const { owner, bob, source, roomId } = await meetingWithVoice(server);
  try {
    const started = await owner.call('meeting.transcribe', { action: 'start' });
    expect(started).toMatchObject({ result: true, message: `+OK conference ${roomId} transcription is on` });
    await source.say(hello.frames);
    const { data, client, seq } = await finalOf(owner, 'hello everybody');
    expect(client).toMatchObject({ id: bob.self.id, name: 'Bob' });
    expect(data).toEqual({
      onebest: 'hello everybody',
      bg: expect.stringMatching(/^\d+$/),
      ed: expect.any(String),
      lang: 'en',
    });
    expect(Number(data.ed) - Number(data.bg)).toBeGreaterThan(1000);
    expect(Number(data.ed) - Number(data.bg)).toBeLessThan(4000);
    const interims = owner.events.filter(
      (event: Json) =>
        event.method === 'onTranscription' && event.data.bg === data.bg && event.data.onebest === undefined,
    );
    expect(interims.length).toBeGreaterThan(0);
    for (const { data } of interims) expect(data).toEqual({ bg: data.bg, var: expect.stringMatching(/./) });
    // Only the finished sentence is kept for those who miss it.
    expect([seq, ...interims.map(({ seq }) => seq).filter(Boolean)]).toEqual([expect.any(Number)]);

    await source.say(meeting.frames);
    const second = await finalOf(bob.client, 'the meeting starts now');
    expect(Number(second.data.bg)).toBeGreaterThan(Number(data.ed));
    const late = await server.client();
    const entered = await late.call('meeting.enter', { roomId, username: 'Late' });
    expect(entered.transcription).toMatchObject({ state: 'on', by: { name: 'Alice' }, lang: 'en', problem: null });
    const { lines, more } = await late.call('meeting.getTranscript');
    expect(more).toBe(false);
    expect(lines.map((line: Json) => [line.client.name, line.onebest])).toEqual([
      ['Bob', 'hello everybody'],
      ['Bob', 'the meeting starts now'],
    ]);
  } finally {
    source.stop();
    await bob.close();
  }
});

test('[3.28] [3.29] only the moderator switches it, and everybody can see whether it is on', async () => {
  const owner = await server.client({ SID: await server.login('alice') });
  const roomId = (await owner.call('room.newTempRoom', { name: 'Fresh', numberLimit: 10, isPublic: true })).roomId;
  const entered = await owner.call('meeting.enter', { roomId, username: 'Alice' });
  expect(entered.transcription).toEqual({
    state: 'off',
    sessid: null,
    by: null,
    lang: 'en',
    problem: null,
    languages: [],
  });
  const guest = await server.client();
  await guest.call('meeting.enter', { roomId, username: 'Guest' });
  const off = { result: false, message: `+OK conference ${roomId} transcription is off`, sessid: null };
  expect(await guest.call('meeting.isTranscribe')).toMatchObject(off);
  expect(await guest.code('meeting.transcribe', { action: 'start' })).toBe('FORBIDDEN');
  expect(await owner.code('meeting.transcribe', { action: 'pause' })).toBe('CONFLICT');
  const { sessid } = await owner.call('meeting.transcribe', { action: 'start' });
  expect(await owner.call('meeting.transcribe', { action: 'start' })).toMatchObject({ result: true, sessid });
  expect(await guest.call('meeting.isTranscribe')).toMatchObject({ result: true, sessid });
  await owner.call('meeting.transcribe', { action: 'pause' });
  expect(await guest.call('meeting.isTranscribe')).toMatchObject({ result: false, sessid });
  await owner.call('meeting.transcribe', { action: 'resume' });
  await owner.call('meeting.transcribe', { action: 'stop' });
  await guest.event('meeting.onTranscribe', ({ state }) => state === 'off');
  const states = guest.events.filter(({ method }) => method === 'onTranscribe').map(({ state }) => state);
  expect(states).toEqual(['on', 'paused', 'on', 'off']);
  const file = await guest.call('meeting.exportTranscript', { format: 'vtt' });
  expect(file).toMatchObject({ contentType: 'text/vtt; charset=utf-8', content: 'WEBVTT\n' });
});

test('[3.28] without a speech engine the error says what to configure', async () => {
  const plain = await startTestServer();
  try {
    const owner = await plain.client({ SID: await plain.login('alice') });
    const roomId = (await owner.call('room.newTempRoom', { name: 'Fresh', numberLimit: 10, isPublic: true })).roomId;
    const entered = await owner.call('meeting.enter', { roomId, username: 'Alice' });
    expect(entered.transcription).toBeUndefined();
    const { error } = await owner.ask('meeting.transcribe', { action: 'start' });
    expect(error).toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining('TRANSCRIBE_ENGINE') });
    expect((await owner.call('meeting.isTranscribe')).result).toBe(false);
  } finally {
    await plain.close();
  }
});
