import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { WebSocketServer } from 'ws';
import { speak } from '../../testing/speech.ts';
import { type SpeechServer, serveFunasr, serveIflytek, serveOpenai, serveVosk } from '../../testing/speechServers.ts';
import { Utterance } from '../utterance.ts';
import type { Engine } from './engine.ts';
import { makeFunasr } from './funasr.ts';
import { isHallucination } from './hallucinations.ts';
import { makeIflytek } from './iflytek.ts';
import { makeOpenai } from './openai.ts';
import { makePocketsphinx } from './pocketsphinx.ts';
import { makeVosk } from './vosk.ts';

const pocketsphinx = { python: '/usr/bin/python3', model: '/usr/share/pocketsphinx/model/en-us', processes: 2 };
const recogniser = makePocketsphinx(pocketsphinx);
afterAll(() => recogniser.close());
const sentence = 'the meeting starts now';
const { samples } = speak(sentence);
const patience = { answerWithin: 20_000, retryAfter: 10 };

type Heard = { interims: string[]; finals: string[]; lost: string[]; troubles: string[] };
/** Sends the sentence in packets of 20 ms, as fast as it goes. */
const hear = (engine: Engine, over = patience): Promise<Heard> =>
  new Promise((done) => {
    const heard: Heard = { interims: [], finals: [], lost: [], troubles: [] };
    const utterance = new Utterance(engine, { hotWords: ['Ann', '张伟'] }, over, {
      interim: (text) => void heard.interims.push(text),
      final: (text) => void heard.finals.push(text),
      lost: (_, reason) => void heard.lost.push(reason),
      troubled: ({ reason, message }) => void heard.troubles.push(`${reason}: ${message}`),
      over: () => done(heard),
    });
    for (let at = 0; at < samples.length; at += 320) utterance.push(samples.subarray(at, at + 320));
    utterance.end();
  });

const account = { appId: 'abc', key: 'secret' };
const engines: [name: string, serve: () => Promise<SpeechServer>, make: (url: string) => Engine][] = [
  ['Vosk', () => serveVosk(recogniser), (url) => makeVosk({ url, verify: true })],
  ['FunASR', () => serveFunasr(recogniser), (url) => makeFunasr({ url, verify: true })],
  ['iFlytek', () => serveIflytek(recogniser, account), (url) => makeIflytek({ url, verify: true, ...account })],
  [
    'OpenAI',
    () => serveOpenai(recogniser, 'k'),
    (url) => makeOpenai({ url, key: 'k', model: undefined, language: 'en-US' }),
  ],
];

test.each(engines)(
  '[3.28] words are recognised through the protocol of %s',
  { timeout: 40_000 },
  async (_, serve, make) => {
    const server = await serve();
    try {
      const { finals, lost } = await hear(make(server.url));
      expect(server.wrong).toEqual([]);
      expect({ finals, lost }).toEqual({ finals: [sentence], lost: [] });
    } finally {
      await server.close();
    }
  },
);

test('[3.28] hot words are told as each engine wants them', { timeout: 40_000 }, async () => {
  const [funasr, openai] = [await serveFunasr(recogniser), await serveOpenai(recogniser, 'k')];
  await hear(makeFunasr({ url: funasr.url, verify: true }));
  await hear(makeOpenai({ url: openai.url, key: 'k', model: undefined, language: undefined }));
  expect(JSON.parse(JSON.parse(funasr.texts[0] as string).hotwords)).toEqual({ Ann: 20, 张伟: 20 });
  expect(openai.texts).toEqual(['Ann, 张伟']);
  await Promise.all([funasr.close(), openai.close()]);
});

test('[3.28] an engine that answers nonsense is refused, and its utterance reported as lost', async () => {
  const nonsense = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((done) => nonsense.once('listening', done));
  nonsense.on('connection', (socket) => socket.on('message', () => socket.send('{"partial": 5, "text": [')));
  const url = `ws://127.0.0.1:${(nonsense.address() as AddressInfo).port}`;
  const heard = await hear(makeVosk({ url, verify: true }));
  expect(heard).toMatchObject({ interims: [], finals: [], lost: ['refused'] });
  for (const one of nonsense.clients) one.terminate();
  await new Promise((done) => nonsense.close(done));
});

test('[3.28] a dead engine is tried three times, then the speech is reported as lost', async () => {
  const closed = await serveVosk(recogniser);
  await closed.close();
  const heard = await hear(makeVosk({ url: closed.url, verify: true }));
  expect(heard).toMatchObject({ interims: [], finals: [], lost: ['unreachable'] });
  expect(heard.troubles).toHaveLength(3);
  for (const trouble of heard.troubles) expect(trouble).toMatch(/^unreachable: .*ECONNREFUSED/);
});

test('[3.28] a half-open engine, which accepts and says nothing, is given up in time', async () => {
  const sockets = new Set<{ destroy(): void }>();
  const hole = createServer((socket) => sockets.add(socket)).listen(0, '127.0.0.1');
  await new Promise((done) => hole.once('listening', done));
  const url = `ws://127.0.0.1:${(hole.address() as AddressInfo).port}`;
  const heard = await hear(makeFunasr({ url, verify: true }), { answerWithin: 100, retryAfter: 10 });
  expect(heard.lost).toEqual(['slow']);
  expect(heard.troubles).toEqual(['slow: The rest of an utterance did not come within 100 ms.']);
  for (const each of sockets) each.destroy();
  await new Promise((done) => hole.close(done));
});

test('[3.28] a wrong signature is refused, and reported', async () => {
  const server = await serveIflytek(recogniser, account);
  const heard = await hear(makeIflytek({ url: server.url, verify: true, ...account, key: 'another' }));
  expect(heard.lost).toEqual(['refused']);
  await server.close();
});

test('[3.28] what models make up in silence is left out', () => {
  const names = ['Ann', 'Bob'];
  for (const text of ['Thanks for watching!', ' 谢谢观看。', '[Music]', '...', 'Ann, Bob', '字幕由Amara.org社区提供'])
    expect(isHallucination({ text }, names), text).toBe(true);
  for (const text of ['Thanks for watching the build over night.', 'Thank you.', '谢谢大家', 'Ann'])
    expect(isHallucination({ text }, names), text).toBe(false);
  expect(isHallucination({ text: 'Yes.', no_speech_prob: 0.9, avg_logprob: -1.5 }, names)).toBe(true);
});
