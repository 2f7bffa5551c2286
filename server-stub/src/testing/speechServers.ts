import { createHash, createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Engine, Hearing } from '../transcription/engines/engine.ts';

/** A server that speaks the protocol of a speech engine, with a real recogniser behind it, and what clients did wrong. */
export type SpeechServer = { url: string; wrong: string[]; texts: string[]; close(): Promise<void> };
type Said = { interim(text: string): void; final(text: string): void };
type Conversation = (
  socket: WebSocket,
  said: { text(text: string): void; wrong(what: string): void; url: URL },
) => void;

const samplesOf = (data: Buffer): Int16Array =>
  new Int16Array(data.buffer.slice(data.byteOffset, data.byteOffset + data.length - (data.length % 2)) as ArrayBuffer);

/** Recognises one utterance. `finish` resolves when everything is recognised. */
const recognise = (engine: Engine, said: Said): { hearing: Hearing; finish(): Promise<void> } => {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const hearing = engine.open({ hotWords: [] }, { ...said, done: resolve, failed: reject });
  return {
    hearing,
    finish() {
      hearing.end();
      return promise;
    },
  };
};

const serve = async (converse: Conversation, protocol?: string, port = 0): Promise<SpeechServer> => {
  const server = new WebSocketServer({
    port,
    host: '127.0.0.1',
    handleProtocols: (offered) => (protocol && offered.has(protocol) ? protocol : false),
  });
  await new Promise((done) => server.once('listening', done));
  const wrong: string[] = [];
  const texts: string[] = [];
  server.on('connection', (socket, { url = '/' }) => {
    if (protocol && socket.protocol !== protocol) wrong.push(`subprotocol ${socket.protocol}`);
    converse(socket, {
      text: (text) => void texts.push(text),
      wrong: (what) => void wrong.push(what),
      url: new URL(url, 'ws://127.0.0.1'),
    });
  });
  return {
    url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}`,
    wrong,
    texts,
    close: () =>
      new Promise((done) => {
        for (const one of server.clients) one.terminate();
        server.close(() => done());
      }),
  };
};

/** Vosk: every message with audio is answered by exactly one; the end is a text that is compared as it is. */
export const serveVosk = (engine: Engine): Promise<SpeechServer> =>
  serve((socket, { text, wrong }) => {
    let partial = '';
    let sentence = '';
    const { hearing, finish } = recognise(engine, {
      interim: (heard) => {
        partial = heard;
      },
      final: (heard) => {
        sentence = heard;
      },
    });
    let hasConfig = false;
    socket.on('message', async (data: Buffer, isBinary) => {
      if (isBinary) {
        if (!hasConfig) wrong('audio before the configuration');
        hearing.push(samplesOf(data));
        return socket.send(JSON.stringify({ partial }));
      }
      text(String(data));
      if (String(data).includes('config')) hasConfig = true;
      else if (String(data) === '{"eof" : 1}') {
        await finish();
        socket.send(JSON.stringify({ text: sentence }));
        socket.close();
      } else wrong(String(data));
    });
  });

/** FunASR, 2pass: increments while it listens, the whole sentence at the end; the connection stays open. */
export const serveFunasr = (engine: Engine, port?: number): Promise<SpeechServer> =>
  serve(
    (socket, { text, wrong }) => {
      let told = '';
      let isConfigured = false;
      const answer = (mode: string, said: string, isFinal: boolean) =>
        socket.send(JSON.stringify({ mode, text: said, wav_name: 'meeting', is_final: isFinal }));
      const { hearing, finish } = recognise(engine, {
        interim(heard) {
          // What was told is not taken back: only what is new is sent.
          if (!heard.startsWith(told)) return;
          answer('2pass-online', heard.slice(told.length), false);
          told = heard;
        },
        final: (heard) => answer('2pass-offline', heard, true),
      });
      socket.on('message', async (data: Buffer, isBinary) => {
        if (isBinary) {
          if (!isConfigured) wrong('audio before chunk_size');
          return hearing.push(samplesOf(data));
        }
        text(String(data));
        const { chunk_size, is_speaking, hotwords } = JSON.parse(String(data));
        if (hotwords !== undefined && typeof hotwords !== 'string') wrong('hotwords is no text');
        if (Array.isArray(chunk_size)) isConfigured = true;
        if (is_speaking === false) await finish();
      });
    },
    'binary',
    port,
  );

/** iFlytek RTASR: a signed address, 1280 bytes a message, results as JSON in JSON. */
export const serveIflytek = (engine: Engine, { appId, key }: { appId: string; key: string }): Promise<SpeechServer> =>
  serve((socket, { text, wrong, url }) => {
    const ts = url.searchParams.get('ts') ?? '';
    const digest = createHash('md5').update(`${appId}${ts}`).digest('hex');
    const signa = createHmac('sha1', key).update(digest).digest('base64');
    if (url.searchParams.get('appid') !== appId || url.searchParams.get('signa') !== signa) {
      socket.send(JSON.stringify({ action: 'error', code: '10110', data: '', desc: 'invalid signature', sid: 'a' }));
      return socket.close();
    }
    let samples = 0;
    const result = (said: string, type: '0' | '1', ls = false) => {
      const st = { bg: '0', ed: type === '0' ? String(Math.floor(samples / 16)) : '0', type };
      const ws = said.split(/(?<= )/).map((w) => ({ cw: [{ w, wp: 'n' }], wb: 0, we: 0 }));
      const data = JSON.stringify({ seg_id: 0, cn: { st: { ...st, rt: [{ ws }] } }, ls });
      socket.send(JSON.stringify({ action: 'result', code: '0', data, desc: 'success', sid: 'a' }));
    };
    socket.send(JSON.stringify({ action: 'started', code: '0', data: '', desc: 'success', sid: 'a' }));
    const { hearing, finish } = recognise(engine, {
      interim: (heard) => result(heard, '1'),
      final: (heard) => result(heard, '0', true),
    });
    let isShort = false;
    socket.on('message', async (data: Buffer, isBinary) => {
      if (isBinary) {
        if (isShort || data.length > 1280) wrong(`${data.length} bytes`);
        isShort = data.length < 1280;
        samples += data.length / 2;
        return hearing.push(samplesOf(data));
      }
      text(String(data));
      if (JSON.parse(String(data)).end !== true) wrong(String(data));
      await finish();
      socket.close();
    });
  });

/** OpenAI: one POST with a WAV file for an utterance. */
export const serveOpenai = async (engine: Engine, key: string): Promise<SpeechServer> => {
  const wrong: string[] = [];
  const texts: string[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = { 'content-type': request.headers['content-type'] ?? '' };
    const form = await new Response(Buffer.concat(chunks), { headers }).formData();
    const file = form.get('file');
    if (request.url !== '/v1/audio/transcriptions' || request.method !== 'POST') wrong.push(`${request.url}`);
    if (request.headers.authorization !== `Bearer ${key}`) wrong.push('authorization');
    if (!form.get('model') || form.get('response_format') !== 'verbose_json') wrong.push('model');
    if (!(file instanceof Blob)) throw new Error('no file');
    const wav = Buffer.from(await file.arrayBuffer());
    if (wav.toString('latin1', 0, 4) !== 'RIFF' || wav.readUInt32LE(24) !== 16_000) wrong.push('no WAV of 16 kHz');
    let heard = '';
    const { hearing, finish } = recognise(engine, {
      interim: () => undefined,
      final: (text) => {
        heard = text;
      },
    });
    hearing.push(samplesOf(wav.subarray(44)));
    await finish();
    texts.push(String(form.get('prompt')));
    const end = (wav.length - 44) / 32_000;
    const segments = [
      { id: 0, start: 0, end, text: ` ${heard}`, no_speech_prob: 0.01, avg_logprob: -0.2, compression_ratio: 1 },
      {
        id: 1,
        start: end,
        end,
        text: ' Thanks for watching!',
        no_speech_prob: 0.4,
        avg_logprob: -0.5,
        compression_ratio: 1,
      },
    ];
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ task: 'transcribe', language: 'english', duration: end, text: heard, segments }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    wrong,
    texts,
    close: () => new Promise((done) => server.close(() => done())),
  };
};
