import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sampleRate } from '../transcription/engines/engine.ts';

/**
 * Models of a kilobyte for sherpa-onnx, made here because no registry has a real one: they know two words, `low` and `high`, which are
 * tones of 400 and 3000 Hz. Everything else is real: the library, its features, its decoder, and its way to read a model.
 */
export const tones = { low: 400, high: 3000 } as const;
const words = Object.keys(tones) as (keyof typeof tones)[];
const bands = 80;
/** A band that is louder than this has the tone, in the logarithm that the library computes. */
const audible = -2;

const loudness = (tone: string, word: string): number => (word === 'unclear' && tone === 'high' ? 1800 : 8000);
/** Samples of tones of 0.4 s with pauses of 0.2 s between them; `unclear` has both, and models hear the high one by a little. */
export const hum = (...spoken: (keyof typeof tones | 'unclear')[]): Int16Array => {
  const [long, pause] = [0.4 * sampleRate, 0.2 * sampleRate];
  const samples = new Int16Array(pause + spoken.length * (long + pause));
  for (const [index, word] of spoken.entries())
    for (let at = 0; at < long; at++)
      samples[pause + index * (long + pause) + at] = words
        .filter((each) => word === each || word === 'unclear')
        .reduce((sum, each) => sum + loudness(each, word) * Math.sin((2 * Math.PI * tones[each] * at) / sampleRate), 0);
  return samples;
};

// ONNX is a Protocol Buffers format (onnx.proto); a field is its number with a kind, and its value.
const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 0x7f; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  return Buffer.from([...bytes, rest]);
};
type Value = number | string | Buffer | Buffer[] | number[] | string[];
const field = (number: number, value: Value): Buffer => {
  if (Array.isArray(value)) return Buffer.concat(value.map((each) => field(number, each)));
  if (typeof value === 'number') return Buffer.concat([varint(number * 8), varint(value)]);
  const bytes = Buffer.from(value as string);
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes]);
};
const message = (fields: Record<number, Value>): Buffer =>
  Buffer.concat(Object.entries(fields).map(([number, value]) => field(Number(number), value)));

const types = { float: 1, int32: 6, int64: 7 } as const;
/** A name, its type, and its sizes; a text is a size that changes. */
type Port = [name: string, type: keyof typeof types, ...sizes: (number | string)[]];
const port = ([name, type, ...sizes]: Port): Buffer => {
  const dims = sizes.map((size) => message(typeof size === 'number' ? { 1: size } : { 2: size }));
  return message({ 1: name, 2: message({ 1: message({ 1: types[type], 2: message({ 1: dims }) }) }) });
};
const attribute = (name: string, value: number | number[]): Buffer =>
  message(typeof value === 'number' ? { 1: name, 3: value, 20: 2 } : { 1: name, 8: value, 20: 7 });
const node = (
  type: string,
  inputs: string[],
  output: string,
  options: Record<string, number | number[]> = {},
): Buffer =>
  message({ 1: inputs, 2: [output], 4: type, 5: Object.entries(options).map((option) => attribute(...option)) });
const constant = (name: string, sizes: number[], values: number[]): Buffer =>
  message({ 1: sizes, 2: types.float, 8: name, 9: Buffer.from(new Float32Array(values).buffer) });

type Graph = {
  nodes: Buffer[];
  constants: Buffer[];
  inputs: Port[];
  outputs: Port[];
  about: Record<string, number | string>;
};
const model = ({ nodes, constants, inputs, outputs, about }: Graph): Buffer =>
  message({
    1: 8,
    7: message({ 1: nodes, 2: 'tones', 5: constants, 11: inputs.map(port), 12: outputs.map(port) }),
    8: message({ 1: '', 2: 13 }),
    14: Object.entries(about).map(([key, value]) => message({ 1: key, 2: String(value) })),
  });

const mel = (frequency: number): number => 1127 * Math.log(1 + frequency / 700);
/** The band of the library's features, from 20 Hz to 7.6 kHz, that is loudest with this tone. */
const bandOf = (frequency: number): number => {
  const [lowest, highest] = [mel(20), mel(7600)];
  return Math.round(((mel(frequency) - lowest) / (highest - lowest)) * (bands + 1)) - 1;
};
/** Weights that make scores of features: one for the band of each word, and a constant one for silence. */
const scores = (features: number, silence: number, firstWord: number, all: number) => {
  const weights = new Array<number>(features * all).fill(0);
  for (const [index, word] of words.entries()) weights[bandOf(tones[word]) * all + firstWord + index] = 1;
  const bias = Array.from({ length: all }, (_, token) =>
    token === silence ? audible : token >= firstWord && token < firstWord + words.length ? 0 : -1000,
  );
  return [constant('weights', [features, all], weights), constant('bias', [all], bias)];
};

const folder = (files: Record<string, Buffer | string>): string => {
  const made = mkdtempSync(join(tmpdir(), 'tones-'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(made, name), content);
  return made;
};

const onlyWords = words.map((word, id) => `▁${word} ${id}`);
/** Lists of numbers as such models have them in their metadata. */
const same = (names: readonly string[], value: number) => Object.fromEntries(names.map((name) => [name, value]));
/** Four frames become one, as in real models. */
const slower = (frames: string): Buffer[] => [
  node('Transpose', [frames], 'channels', { perm: [0, 2, 1] }),
  node('AveragePool', ['channels'], 'slower', { kernel_shape: [4], strides: [4] }),
  node('Transpose', ['slower'], 'frames', { perm: [0, 2, 1] }),
];
const passed = (states: readonly Port[]): Buffer[] => states.map(([name]) => node('Identity', [name], `next_${name}`));
const next = (states: readonly Port[]): Port[] => states.map(([name, ...rest]) => [`next_${name}`, ...rest]);

/** A folder with a streaming model of the kind `nemo-ctc`. */
export const streamingModel = (): string => {
  const file = model({
    nodes: [
      node('AveragePool', ['audio_signal'], 'slower', { kernel_shape: [4], strides: [4] }),
      node('Transpose', ['slower'], 'frames', { perm: [0, 2, 1] }),
      node('MatMul', ['frames', 'weights'], 'weighed'),
      node('Add', ['weighed', 'bias'], 'logits'),
      node('LogSoftmax', ['logits'], 'logprobs', { axis: 2 }),
      ...['length', 'cache_last_channel', 'cache_last_time', 'cache_last_channel_len'].map((name) =>
        node('Identity', [name], `${name}_next`),
      ),
    ],
    constants: scores(bands, words.length, 0, words.length + 1),
    inputs: [
      ['audio_signal', 'float', 'N', bands, 'T'],
      ['length', 'int64', 'N'],
      ['cache_last_channel', 'float', 'N', 1, 1, 1],
      ['cache_last_time', 'float', 'N', 1, 1, 1],
      ['cache_last_channel_len', 'int64', 'N'],
    ],
    outputs: [
      ['logprobs', 'float', 'N', 'S', words.length + 1],
      ['length_next', 'int64', 'N'],
      ['cache_last_channel_next', 'float', 'N', 1, 1, 1],
      ['cache_last_time_next', 'float', 'N', 1, 1, 1],
      ['cache_last_channel_len_next', 'int64', 'N'],
    ],
    about: {
      window_size: 8,
      chunk_shift: 8,
      subsampling_factor: 4,
      vocab_size: words.length,
      ...Object.fromEntries(
        [1, 2, 3].flatMap((n) => [
          [`cache_last_channel_dim${n}`, 1],
          [`cache_last_time_dim${n}`, 1],
        ]),
      ),
    },
  });
  return folder({ 'model.onnx': file, 'tokens.txt': [...onlyWords, `<blk> ${words.length}`, ''].join('\n') });
};

/** What SenseVoice says before the words: language, mood, event, and whether it writes numbers as digits. */
const tags = ['<|en|>', '<|NEUTRAL|>', '<|Speech|>', '<|withitn|>'];
/** How many frames the model sees at once. */
const joined = 6;

/** A folder with a model of the kind `sense-voice`. */
export const wholeModel = (): string => {
  const tokens = ['<unk>', ...tags, ...words.map((word) => `▁${word}`)];
  const all = tokens.length;
  const tagFrames = tags.flatMap((_, tag) => tokens.map((_, token) => (token === tag + 1 ? 0 : -1000)));
  const file = model({
    nodes: [
      node('MatMul', ['x', 'weights'], 'weighed'),
      node('Add', ['weighed', 'bias'], 'words'),
      node('Concat', ['tags', 'words'], 'logits', { axis: 1 }),
    ],
    constants: [...scores(bands * joined, 0, 1 + tags.length, all), constant('tags', [1, tags.length, all], tagFrames)],
    inputs: [
      ['x', 'float', 1, 'T', bands * joined],
      ['x_length', 'int32', 1],
      ['language', 'int32', 1],
      ['text_norm', 'int32', 1],
    ],
    outputs: [['logits', 'float', 1, 'S', all]],
    about: {
      ...{ comment: '', vocab_size: all, lfr_window_size: joined, lfr_window_shift: joined, normalize_samples: 1 },
      ...{ with_itn: 14, without_itn: 15, lang_auto: 0, lang_zh: 3, lang_en: 4, lang_ja: 11, lang_ko: 12, lang_yue: 7 },
      neg_mean: new Array(bands * joined).fill(0).join(','),
      inv_stddev: new Array(bands * joined).fill(1).join(','),
    },
  });
  return folder({ 'model.int8.onnx': file, 'tokens.txt': tokens.map((token, id) => `${token} ${id}\n`).join('') });
};

/** A folder with a streaming model of the kind `zipformer2-ctc`, with one layer that does nothing. */
export const zipformerModel = (): string => {
  const states: Port[] = [
    ['key', 'float', 1, 'N', 1],
    ['attention', 'float', 1, 'N', 1, 3],
    ...(['value1', 'value2'] as const).map((name): Port => [name, 'float', 1, 'N', 1]),
    ...(['conv1', 'conv2'] as const).map((name): Port => [name, 'float', 'N', 4, 1]),
    ['embed', 'float', 'N', 128, 3, 19],
    ['lengths', 'int64', 'N'],
  ];
  const all = words.length + 1;
  const file = model({
    nodes: [
      ...slower('x'),
      node('MatMul', ['frames', 'weights'], 'weighed'),
      node('Add', ['weighed', 'bias'], 'logits'),
      node('LogSoftmax', ['logits'], 'log_probs', { axis: 2 }),
      ...passed(states),
    ],
    constants: scores(bands, 0, 1, all),
    inputs: [['x', 'float', 'N', 'T', bands], ...states],
    outputs: [['log_probs', 'float', 'N', 'S', all], ...next(states)],
    about: {
      ...{ model_type: 'zipformer2', T: 8, decode_chunk_len: 8, encoder_dims: 4, cnn_module_kernels: 2 },
      ...same(['query_head_dims', 'value_head_dims', 'num_heads', 'num_encoder_layers', 'left_context_len'], 1),
    },
  });
  const tokens = ['<blk>', ...words.map((word) => `▁${word}`)];
  return folder({ 'model.onnx': file, 'tokens.txt': tokens.map((token, id) => `${token} ${id}\n`).join('') });
};

/** What a model of the kind `transducer` writes for the words: characters, which hot words are made of. */
export const characters = { low: '低', high: '高' } as const;

/** A folder with a streaming model of the kind `transducer`. It hears one word in an utterance. */
export const transducerModel = (): string => {
  const states: Port[] = (['h', 'c'] as const).map((name) => [name, 'float', 1, 'N', 1]);
  const all = words.length + 1;
  const encoder = model({
    nodes: [
      ...slower('x'),
      node('MatMul', ['frames', 'weights'], 'weighed'),
      node('Add', ['weighed', 'bias'], 'encoder_out'),
      ...passed(states),
    ],
    constants: scores(bands, 0, 1, all),
    inputs: [['x', 'float', 'N', 'T', bands], ...states],
    outputs: [['encoder_out', 'float', 'N', 'S', all], ...next(states)],
    about: {
      ...{ model_type: 'lstm', T: 8, decode_chunk_len: 8 },
      ...same(['num_encoder_layers', 'rnn_hidden_size', 'd_model'], 1),
    },
  });
  // Once a word was said, none follows.
  const after = Array.from({ length: all * all }, (_, at) => (at >= all && at % all > 0 ? -1000 : 0));
  const decoder = model({
    nodes: [
      node('Gather', ['after', 'y'], 'rows'),
      node('ReduceMean', ['rows'], 'decoder_out', { axes: [1], keepdims: 0 }),
    ],
    constants: [constant('after', [all, all], after)],
    inputs: [['y', 'int64', 'N', 1]],
    outputs: [['decoder_out', 'float', 'N', all]],
    about: { vocab_size: all, context_size: 1 },
  });
  const joiner = model({
    nodes: [node('Add', ['encoder_out', 'decoder_out'], 'logit')],
    constants: [],
    inputs: [
      ['encoder_out', 'float', 'N', all],
      ['decoder_out', 'float', 'N', all],
    ],
    outputs: [['logit', 'float', 'N', all]],
    about: { joiner_dim: all },
  });
  const tokens = ['<blk>', ...words.map((word) => characters[word])];
  return folder({
    ...{ 'encoder.onnx': encoder, 'decoder.onnx': decoder, 'joiner.onnx': joiner },
    'tokens.txt': tokens.map((token, id) => `${token} ${id}\n`).join(''),
  });
};
