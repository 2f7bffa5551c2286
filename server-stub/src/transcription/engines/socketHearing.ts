import { type ClientOptions, type RawData, WebSocket } from 'ws';
import { EngineError, type Hearing, type Listener, sampleRate } from './engine.ts';

/** How long an engine may take to accept a connection, in ms. */
const connectWithin = 5000;
/**
 * More audio than this on the way means that the engine is slower than speech, in bytes: 30 seconds, because an utterance that is sent
 * again comes at once.
 */
const unsentMost = 30 * sampleRate * 2;
/** The longest answer that is taken. */
const longestAnswer = 1_000_000;

/** The protocol of an engine that is reached over a WebSocket. */
export type Dialogue = {
  url: string;
  protocols?: string[];
  /** False for a certificate that the engine signed itself. */
  verify: boolean;
  /** Sent before the audio. */
  greeting?: string;
  /** Sent after the audio. */
  farewell: string;
  /** Sends audio in pieces of so many bytes. */
  piece: number;
  /** An answer of the engine. What it throws is a failure of the engine. */
  answer(text: string, hearing: { finish(): void }): void;
};

/** One utterance over a connection of its own, so that an utterance that fails takes no other one with it. */
export const openSocketHearing = (dialogue: Dialogue, listener: Listener): Hearing => {
  const { url, protocols = [], verify, greeting, farewell, piece } = dialogue;
  const options: ClientOptions = {
    handshakeTimeout: connectWithin,
    maxPayload: longestAnswer,
    perMessageDeflate: false,
    rejectUnauthorized: verify,
  };
  let waiting: Buffer[] = [];
  let rest = Buffer.alloc(0);
  let isEnded = false;
  let isOver = false;
  const socket = new WebSocket(url, protocols, options);

  const leave = (): void => {
    isOver = true;
    waiting = [];
    // Not `close`: a peer that has gone would keep the connection open.
    socket.terminate();
  };
  const failed = (reason: EngineError['reason'], message: string): void => {
    if (isOver) return;
    leave();
    listener.failed(new EngineError(reason, message));
  };
  const finish = (): void => {
    if (isOver) return;
    leave();
    listener.done();
  };
  const send = (what: Buffer | string): void => {
    socket.send(what);
    if (socket.bufferedAmount > unsentMost)
      failed('slow', 'The speech engine takes the audio more slowly than it is spoken.');
  };
  const sendAudio = (audio: Buffer): void => {
    rest = Buffer.concat([rest, audio]);
    for (; rest.length >= piece && !isOver; rest = rest.subarray(piece)) send(rest.subarray(0, piece));
  };
  const sendEnd = (): void => {
    if (rest.length) send(rest);
    if (!isOver) send(farewell);
  };

  socket.on('open', () => {
    if (isOver) return;
    if (greeting !== undefined) send(greeting);
    for (const audio of waiting.splice(0)) if (!isOver) sendAudio(audio);
    if (isEnded && !isOver) sendEnd();
  });
  socket.on('message', (data: RawData) => {
    if (isOver) return;
    try {
      dialogue.answer(String(data), { finish });
    } catch (error) {
      if (error instanceof EngineError) failed(error.reason, error.message);
      else failed('refused', `The speech engine answered something else than expected: ${(error as Error).message}`);
    }
  });
  socket.on('error', (error) => failed('unreachable', `The speech engine cannot be reached: ${error.message}`));
  socket.on('close', () => {
    if (isEnded) finish();
    else failed('unreachable', 'The speech engine closed the connection.');
  });

  return {
    push({ buffer, byteOffset, byteLength }) {
      if (isOver || isEnded) return;
      const audio = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength);
      if (socket.readyState === WebSocket.OPEN) sendAudio(audio);
      else waiting.push(audio);
    },
    end() {
      if (isOver || isEnded) return;
      isEnded = true;
      if (socket.readyState === WebSocket.OPEN) sendEnd();
    },
    close: () => {
      if (!isOver) leave();
    },
  };
};
