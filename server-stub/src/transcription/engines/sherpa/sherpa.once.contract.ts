import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, expect, test } from 'vitest';
import {
  characters,
  hum,
  streamingModel,
  transducerModel,
  wholeModel,
  zipformerModel,
} from '../../../testing/tinySpeechModel.ts';
import type { SherpaKind } from '../../../transcriptionSettings.ts';
import { Utterance } from '../../utterance.ts';
import type { Engine } from '../engine.ts';
import { makeSherpa } from './sherpa.ts';

const folders: Record<Exclude<SherpaKind, 'paraformer'>, string> = {
  'nemo-ctc': streamingModel(),
  'sense-voice': wholeModel(),
  'zipformer2-ctc': zipformerModel(),
  transducer: transducerModel(),
};
const logged: string[] = [];
const log = pino({}, { write: (line) => void logged.push(line) });
const open: Engine[] = [];
const make = (folder: string, kind: SherpaKind) => {
  const engine = makeSherpa({ folder, kind, language: 'en-US', threads: 1 }, log);
  open.push(engine);
  return engine;
};
afterAll(() => {
  for (const engine of open) engine.close();
  for (const folder of Object.values(folders)) rmSync(folder, { recursive: true });
});

const begin = (engine: Engine) => {
  const heard = { interims: [] as string[], finals: [] as string[], lost: [] as string[] };
  const { promise: over, resolve } = Promise.withResolvers<typeof heard>();
  const { promise: started, resolve: starts } = Promise.withResolvers<void>();
  const utterance = new Utterance(
    engine,
    { hotWords: [] },
    { answerWithin: 40_000, retryAfter: 10 },
    {
      interim(text) {
        heard.interims.push(text);
        starts();
      },
      final: (text, { start, end }) => void heard.finals.push(`${start}–${end} ${text}`),
      lost: (_, reason) => void heard.lost.push(reason),
      troubled: () => undefined,
      over: () => resolve(heard),
    },
  );
  const push = (samples: Int16Array) => {
    for (let at = 0; at < samples.length; at += 320) utterance.push(samples.subarray(at, at + 320));
  };
  return { utterance, push, over, started };
};
const hear = (engine: Engine, samples: Int16Array) => {
  const { utterance, push, over } = begin(engine);
  push(samples);
  utterance.end();
  return over;
};

test('[3.28] sherpa-onnx transcribes several utterances at once, while they are spoken', async () => {
  const engine = make(folders['nemo-ctc'], 'nemo-ctc');
  const [one, other] = await Promise.all([hear(engine, hum('low', 'high', 'low')), hear(engine, hum('high', 'high'))]);
  expect(one.finals).toEqual(['200–2000 low high low']);
  expect(one.interims[0]).toBe('low');
  expect(one.interims.at(-1)).toBe('low high low');
  expect(other.finals).toEqual(['200–1400 high high']);
});

test('[3.28] sherpa-onnx transcribes whole utterances with SenseVoice', async () => {
  const { finals, interims } = await hear(make(folders['sense-voice'], 'sense-voice'), hum('high', 'low'));
  expect({ finals, interims }).toEqual({ finals: ['0–1400 high low'], interims: [] });
});

test('[3.28] sherpa-onnx transcribes with a Zipformer', async () => {
  const { finals, interims } = await hear(make(folders['zipformer2-ctc'], 'zipformer2-ctc'), hum('low', 'high', 'low'));
  expect(finals.map((text) => text.split(' ').slice(1))).toEqual([['low', 'high', 'low']]);
  expect(interims[0]).toBe('low');
});

test('[3.28] sherpa-onnx transcribes with a transducer, which prefers the hot words of its folder', async () => {
  const said = async (...spoken: Parameters<typeof hum>) => {
    const engine = make(folders.transducer, 'transducer');
    const { finals, lost } = await hear(engine, hum(...spoken));
    engine.close();
    return [...finals.map((text) => text.split(' ')[1]), ...lost];
  };
  expect(await said('low')).toEqual([characters.low]);
  expect(await said('unclear')).toEqual([characters.high]);
  writeFileSync(join(folders.transducer, 'hotwords.txt'), `${characters.low}\n`);
  expect(await said('unclear')).toEqual([characters.low]);
  expect(await said('high')).toEqual([characters.high]);
});

test('[3.28] a crash of sherpa-onnx costs no word: the utterance is sent again to a new process', async () => {
  const engine = make(folders['nemo-ctc'], 'nemo-ctc');
  const { utterance, push, over, started } = begin(engine);
  push(hum('low', 'high'));
  await started;
  process.kill(engine.pid as number, 'SIGKILL');
  push(hum('high', 'low'));
  utterance.end();
  const { finals, lost } = await over;
  expect({ finals, lost }).toEqual({ finals: ['200–2800 low high high low'], lost: [] });
  expect(logged.at(-1)).toContain('SIGKILL');
});

test('[3.28] a model that cannot be used is named, at the start or in the log', async () => {
  expect(() => make('/nowhere', 'transducer')).toThrow('TRANSCRIBE_MODEL is no model for sherpa-onnx: ENOENT');
  expect(() => make(folders['nemo-ctc'], 'transducer')).toThrow('has no ONNX file for the encoder');
  const folder = streamingModel();
  writeFileSync(join(folder, 'model.onnx'), 'not a model');
  const { lost, finals } = await hear(make(folder, 'nemo-ctc'), hum('low'));
  rmSync(folder, { recursive: true });
  expect({ lost, finals }).toEqual({ lost: ['unreachable'], finals: [] });
  expect(JSON.parse(logged.at(-1) as string)).toMatchObject({
    msg: 'sherpa-onnx cannot load its model',
    message: expect.stringContaining('model.onnx'),
  });
});
