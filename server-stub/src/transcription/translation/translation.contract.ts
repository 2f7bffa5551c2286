import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { type Json, startTestServer, type TestServer } from '../../testing/harness.ts';
import { joinWithMedia, Source } from '../../testing/mediaClient.ts';
import { speak } from '../../testing/speech.ts';
import { makeOpenaiChat } from './openaiChat.ts';
import { makeTranslator } from './translator.ts';

/** A server that speaks OpenAI's chat protocol, with a dictionary for a model. */
const words: Record<string, string> = { 'hello everybody': '大家好', 'the meeting starts now': '会议现在开始' };
const serveChat = async () => {
  const asked: Json[] = [];
  const wrong: string[] = [];
  /** What is answered instead. */
  let trouble: 'none' | 'status' | 'silence' | 'no JSON' | 'endless' = 'none';
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = JSON.parse(Buffer.concat(chunks).toString()) as Json;
    asked.push(body);
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions') wrong.push(`${request.url}`);
    if (request.headers.authorization !== 'Bearer k' || body.model !== 'small') wrong.push('key or model');
    if (trouble === 'silence') return;
    if (trouble === 'status') return void response.writeHead(503).end();
    if (trouble === 'no JSON') return void response.end('<html>');
    if (trouble === 'endless') {
      const pour = () => {
        while (response.write('x'.repeat(60_000)));
      };
      response.on('drain', pour);
      return pour();
    }
    const said: string = body.messages.at(-1).content;
    const content = `<think>Let me see.</think>\n${words[said] ?? said}`;
    response.end(JSON.stringify({ id: 'a', choices: [{ index: 0, message: { role: 'assistant', content } }] }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    wrong,
    fail(how: typeof trouble): void {
      trouble = how;
    },
    close: () =>
      new Promise((done) => {
        server.close(done);
        server.closeAllConnections();
      }),
  };
};

let chat: Awaited<ReturnType<typeof serveChat>>;
let server: TestServer;
beforeAll(async () => {
  chat = await serveChat();
  server = await startTestServer({
    ...{ TRANSCRIBE_ENGINE: 'pocketsphinx', TRANSCRIBE_LANGUAGE: 'en', TRANSCRIBE_ANSWER_MS: '60000' },
    ...{ TRANSLATE_URL: chat.url, TRANSLATE_KEY: 'k', TRANSLATE_MODEL: 'small', TRANSLATE_LANGUAGES: 'zh-CN, de, en' },
  });
});
afterEach(() => server.dismiss());
afterAll(async () => {
  await server.close();
  await chat.close();
});

test('[3.28] a sentence is translated for those who read another language; the original comes first and stays', {
  timeout: 90_000,
}, async () => {
  const owner = await server.client({ SID: await server.login('alice') });
  const roomId = (await owner.call('room.newTempRoom', { name: 'Fresh', numberLimit: 10, isPublic: true })).roomId;
  const { transcription } = await owner.call('meeting.enter', { roomId, username: 'Alice' });
  expect(transcription.languages).toEqual(['zh-CN', 'de', 'en']);
  const bob = await joinWithMedia(server, 'Bob', { roomId });
  const source = await new Source('audio').start(bob);
  try {
    const { error } = await owner.ask('meeting.translateTranscript', { lang: 'fr' });
    expect(error).toMatchObject({ code: 'INVALID_ARGUMENT', details: { field: 'lang' } });
    expect(await owner.call('meeting.translateTranscript', { lang: 'zh-CN' })).toMatchObject({ lang: 'zh-CN' });
    // Who reads what is spoken needs no translation.
    await bob.client.call('meeting.translateTranscript', { lang: 'en' });
    await owner.call('meeting.transcribe', { action: 'start' });
    await source.say([]);
    await source.say(speak('hello everybody').frames);
    const found = await owner.event('meeting.onTranscription', ({ data }) => data.trans !== undefined, 60_000);
    expect(found).toMatchObject({ client: { name: 'Bob' } });
    expect(found.data).toMatchObject({ onebest: 'hello everybody', lang: 'en', trans: { 'zh-CN': '大家好' } });
    const told = owner.events.filter((event: Json) => event.data?.bg === found.data.bg && event.data.onebest);
    expect(told.map(({ data }: Json) => data.trans)).toEqual([undefined, { 'zh-CN': '大家好' }]);
    expect([chat.wrong, chat.asked.length]).toEqual([[], 1]);
    expect(chat.asked[0]).toMatchObject({
      temperature: 0,
      messages: [{ role: 'system' }, { content: 'hello everybody' }],
    });
    expect(chat.asked[0]?.messages[0].content).toContain('Chinese (China) (zh-CN)');

    const { lines } = await bob.client.call('meeting.getTranscript');
    expect(lines[0].trans).toEqual({ 'zh-CN': '大家好' });
    const { content } = await owner.call('meeting.exportTranscript', { format: 'vtt', lang: 'zh-CN' });
    expect(content).toContain('<v Bob>大家好</v>');
    await expect
      .poll(async () => await (await server.store()).selectFrom('transcript_line').select('trans').execute())
      .toEqual([{ trans: '{"zh-CN":"大家好"}' }]);

    // A dead engine holds nothing up.
    chat.fail('silence');
    await source.say(speak('the meeting starts now').frames);
    const second = await owner.event(
      'meeting.onTranscription',
      ({ data }) => data.onebest === 'the meeting starts now',
      60_000,
    );
    expect(second.data).not.toHaveProperty('trans');
    await owner.call('meeting.translateTranscript', { lang: null });
  } finally {
    chat.fail('none');
    source.stop();
    await bob.close();
  }
});

test('an engine that fails, is silent, answers nonsense or without end is given up in time, and rests after three failures', async () => {
  const own = await serveChat();
  const translate = makeOpenaiChat({ url: own.url, key: 'k', model: 'small', answerWithin: 300 });
  const wanted = { text: 'hello everybody', to: 'zh-CN', before: [] };
  try {
    expect(await translate(wanted)).toBe('大家好');
    for (const how of ['status', 'silence', 'no JSON', 'endless'] as const) {
      own.fail(how);
      await expect(translate(wanted), how).rejects.toThrow();
    }
    let now = 0;
    const log = pino({ level: 'silent' });
    const translator = makeTranslator({ translate, atOnce: 2, languages: ['zh-CN'], log, now: () => now });
    own.fail('status');
    const before = own.asked.length;
    for (let count = 0; count < 50; count++) translator.offer(wanted, () => expect.unreachable());
    // Those under way when the third failed are the last ones.
    await expect.poll(() => own.asked.length - before).toBeGreaterThanOrEqual(3);
    own.fail('none');
    translator.offer(wanted, () => expect.unreachable());
    expect(own.asked.length - before).toBeLessThan(6);
    now = 31_000;
    const text = await new Promise<string>((done) => translator.offer(wanted, done));
    expect(text).toBe('大家好');
  } finally {
    await own.close();
  }
});

test('a platform that translates nothing says what to configure', async () => {
  const plain = await startTestServer({ TRANSCRIBE_ENGINE: 'pocketsphinx' });
  try {
    const guest = await plain.client();
    const { transcription } = await guest.call('meeting.enter', { roomId: 1012, username: 'Guest' });
    expect(transcription.languages).toEqual([]);
    const { error } = await guest.ask('meeting.translateTranscript', { lang: 'en' });
    expect(error).toMatchObject({ code: 'UNSUPPORTED', message: expect.stringContaining('TRANSLATE_URL') });
  } finally {
    await plain.close();
  }
});
