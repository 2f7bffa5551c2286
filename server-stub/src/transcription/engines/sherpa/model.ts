import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SherpaKind } from '../../../transcriptionSettings.ts';

/** Names of the library for a kind, and the files that it wants. */
const parts: Record<SherpaKind, [name: string, files: readonly string[]]> = {
  transducer: ['transducer', ['encoder', 'decoder', 'joiner']],
  paraformer: ['paraformer', ['encoder', 'decoder']],
  'zipformer2-ctc': ['zipformer2Ctc', ['model']],
  'nemo-ctc': ['nemoCtc', ['model']],
  'sense-voice': ['senseVoice', ['model']],
};
const languages = new Set(['zh', 'en', 'ja', 'ko', 'yue']);

export type SherpaModel = {
  /** The folder as it is published: ONNX files and `tokens.txt`. */
  folder: string;
  kind: SherpaKind;
  /** BCP 47; used by `sense-voice` only, because other models are made for one language. */
  language: string | undefined;
  threads: number;
};

/** File of the folder with hot words, which the model should prefer, one a line. */
const hotWordsFile = 'hotwords.txt';
/** File of the folder with the word pieces of the model, if its tokens are word pieces. Hot words need it. */
const piecesFile = 'bpe.vocab';

/**
 * Decoding settings. Only transducers support hot words, and the package for Node takes those of a streaming model when it loads the model,
 * so that names of participants cannot be given with an utterance.
 */
export const decodingConfig = ({ folder, kind }: SherpaModel): object =>
  kind === 'transducer' && existsSync(join(folder, hotWordsFile))
    ? { decodingMethod: 'modified_beam_search', hotwordsFile: join(folder, hotWordsFile), hotwordsScore: 2 }
    : { decodingMethod: 'greedy_search' };

/** The part `modelConfig` of the library's configuration. Throws with the name of what the folder lacks. */
export const modelConfig = ({ folder, kind, language = '', threads }: SherpaModel): object => {
  const found = readdirSync(folder);
  // Published folders have each part twice, whole and with 8-bit weights, which are several times as fast on a CPU.
  const onnx = found
    .filter((name) => name.endsWith('.onnx'))
    .sort((a, b) => Number(b.includes('int8')) - Number(a.includes('int8')));
  const pick = (part: string): string => {
    const name = part === 'model' ? onnx[0] : onnx.find((each) => each.includes(part));
    if (!name) throw new Error(`${folder} has no ONNX file for the ${part} of a model of the kind ${kind}`);
    return join(folder, name);
  };
  if (!found.includes('tokens.txt')) throw new Error(`${folder} has no tokens.txt`);
  const [name, files] = parts[kind];
  const spoken = language.split('-')[0] ?? '';
  const options =
    kind === 'sense-voice' ? { language: languages.has(spoken) ? spoken : 'auto', useInverseTextNormalization: 1 } : {};
  return {
    [name]: { ...Object.fromEntries(files.map((file) => [file, pick(file)])), ...options },
    tokens: join(folder, 'tokens.txt'),
    numThreads: threads,
    provider: 'cpu',
    ...(found.includes(piecesFile)
      ? { modelingUnit: 'cjkchar+bpe', bpeVocab: join(folder, piecesFile) }
      : { modelingUnit: 'cjkchar' }),
  };
};
