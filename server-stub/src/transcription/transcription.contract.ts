import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { freePort } from '../testing/freePort.ts';
import { type Json, startTestServer, type TestClient, type TestServer } from '../testing/harness.ts';
import { joinWithMedia, Source } from '../testing/mediaClient.ts';
import { speak } from '../testing/speech.ts';
import { serveFunasr } from '../testing/speechServers.ts';
import { makePocketsphinx } from './engines/pocketsphinx.ts';

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

/** A moderator, who owns the room, and a guest with a microphone. */
const open = async (at = server) => {
  const owner = await at.client({ SID: await at.login('alice') });
  const roomId = (await owner.call('room.newTempRoom', { name: 'Fresh', numberLimit: 10, isPublic: true })).roomId;
  await owner.call('meeting.enter', { roomId, username: 'Alice' });
  const bob = await joinWithMedia(at, 'Bob', { roomId });
  const source = await new Source('audio').start(bob);
  await source.say([]);
  return { owner, bob, source, roomId };
};

test('[3.28] what a participant says is recognised, sent to everybody and kept', { timeout: 120_000 }, async () => {
  const { owner, bob, source, roomId } = await open();
  try {
    const started = await owner.call('meeting.transcribe', { action: 'start' });
    expect(started).toMatchObject({ result: true, message: `+OK conference ${roomId} transcription is on` });
    await source.say(hello.frames);
    const { data, client } = await finalOf(owner, 'hello everybody');
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

test('[3.28] an engine that fails, and more speech than it may take, hold nothing up: what was not transcribed is said', {
  timeout: 120_000,
}, async () => {
  const port = await freePort();
  const plain = await startTestServer({
    ...{ TRANSCRIBE_ENGINE: 'funasr', TRANSCRIBE_URL: `ws://127.0.0.1:${port}` },
    ...{ TRANSCRIBE_AT_ONCE: '1', TRANSCRIBE_ANSWER_MS: '60000' },
  });
  const recogniser = makePocketsphinx({
    ...{ python: '/usr/bin/python3', model: '/usr/share/pocketsphinx/model/en-us', processes: 1 },
  });
  const { owner, bob, source, roomId } = await open(plain);
  const carol = await joinWithMedia(plain, 'Carol', { roomId });
  const other = await new Source('audio').start(carol);
  const gap = (reason: string) =>
    owner.event('meeting.onTranscriptionGap', (event: Json) => event.reason === reason, 40_000);
  try {
    await other.say([]);
    await owner.call('meeting.transcribe', { action: 'start' });
    // Nothing listens there.
    await source.say(hello.frames);
    await owner.event('meeting.onTranscribe', ({ problem }: Json) => problem === 'unreachable', 40_000);
    expect(await gap('unreachable')).toMatchObject({
      client: { name: 'Bob' },
      bg: expect.stringMatching(/^\d+$/),
      ed: expect.stringMatching(/^\d+$/),
    });
    // It is there now; the second of two who speak at once is one too many.
    const engine = await serveFunasr(recogniser, port);
    owner.events.length = 0;
    await Promise.all([source.say(meeting.frames), other.say(meeting.frames)]);
    await gap('overloaded');
    await owner.event('meeting.onTranscription', ({ data }: Json) => data.onebest === 'the meeting starts now', 40_000);
    await owner.event('meeting.onTranscribe', ({ problem }: Json) => problem === null, 40_000);
    expect(JSON.parse(JSON.parse(engine.texts[0] as string).hotwords)).toEqual({
      ...{ Alice: 20, Bob: 20, Carol: 20, Fresh: 20 },
    });
    const { lines } = await owner.call('meeting.getTranscript');
    expect(lines.map((line: Json) => line.lost ?? line.onebest).toSorted()).toEqual([
      ...['overloaded', 'the meeting starts now', 'unreachable'],
    ]);
    await engine.close();
  } finally {
    source.stop();
    other.stop();
    await Promise.all([bob.close(), carol.close()]);
    await plain.close();
    recogniser.close();
  }
});
