import { expect, test } from 'vitest';
import { type Engine, EngineError, type Listener, sampleRate } from './engines/engine.ts';
import { Utterance } from './utterance.ts';

/** An utterance of three seconds, with an engine that does what a test has it do. */
const begin = () => {
  const opened: { listener: Listener; pushed: number; isClosed: boolean }[] = [];
  const engine: Engine = {
    name: 'scripted',
    longest: 60_000,
    open(_, listener) {
      const one = { listener, pushed: 0, isClosed: false };
      opened.push(one);
      return {
        push: ({ length }) => {
          one.pushed += length;
        },
        end: () => undefined,
        close: () => {
          one.isClosed = true;
        },
      };
    },
    close: () => undefined,
  };
  const said: unknown[] = [];
  const { promise: over, resolve } = Promise.withResolvers<void>();
  const utterance = new Utterance(
    engine,
    { hotWords: [] },
    { answerWithin: 60_000, retryAfter: 1 },
    {
      interim: (text, start) => void said.push(['interim', text, start]),
      final: (text, { start, end }) => void said.push(['final', text, start, end]),
      lost: ({ start, end }, reason) => void said.push(['lost', start, end, reason]),
      troubled: ({ reason }) => void said.push(['troubled', reason]),
      over: resolve,
    },
  );
  for (let second = 0; second < 3; second++) utterance.push(new Int16Array(sampleRate));
  return { utterance, opened, said, over };
};
const settle = () => new Promise((done) => setImmediate(done));

test('[3.28] what a lying engine says is kept within the utterance: times, length, characters, the end', async () => {
  const { utterance, opened, said, over } = begin();
  const { listener } = opened[0] as (typeof opened)[number];
  listener.interim('  one\u0000two\n');
  listener.interim(7 as never);
  listener.final('before it began', { start: -500, end: Number.NaN });
  await settle();
  expect(said).toEqual([
    ['interim', 'one two', 0],
    ['final', 'before it began', 0, 3000],
  ]);
  said.length = 0;
  utterance.push(new Int16Array(sampleRate));
  listener.final('x'.repeat(5000), { start: 1e12, end: 1 });
  utterance.end();
  listener.done();
  listener.final('after the end');
  listener.failed(new EngineError('refused', 'after the end'));
  await over;
  await settle();
  expect(said).toEqual([['final', 'x'.repeat(2000), 4000, 4000]]);
});

test('[3.28] an utterance that fails is sent again from what has no result yet, and what never gets one is lost', async () => {
  const { utterance, opened, said, over } = begin();
  opened[0]?.listener.final('first', { start: 0, end: 1000 });
  opened[0]?.listener.failed(new EngineError('unreachable', 'gone'));
  await expect.poll(() => opened.length).toBe(2);
  expect(opened[0]?.isClosed).toBe(true);
  expect(opened[1]?.pushed).toBe(2 * sampleRate);
  // Times of the second attempt count from what was sent again.
  opened[1]?.listener.final('second', { start: 0, end: 500 });
  opened[1]?.listener.failed(new EngineError('unreachable', 'gone again'));
  await expect.poll(() => opened.length).toBe(3);
  opened[2]?.listener.interim('third');
  utterance.end();
  opened[2]?.listener.failed(new EngineError('unreachable', 'gone for good'));
  await over;
  expect(said).toEqual([
    ['final', 'first', 0, 1000],
    ['troubled', 'unreachable'],
    ['final', 'second', 1000, 1500],
    ['troubled', 'unreachable'],
    ['interim', 'third', 1500],
    ['troubled', 'unreachable'],
    ['lost', 1500, 3000, 'unreachable'],
  ]);
});
