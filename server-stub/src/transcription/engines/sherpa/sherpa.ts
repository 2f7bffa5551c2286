import type { Log } from '../../../log.ts';
import { type Engine, EngineError } from '../engine.ts';
import { findLibrary } from './library.ts';
import { modelConfig, type SherpaModel } from './model.ts';
import { SherpaProcess } from './process.ts';

/** How long to wait before a model that could not be loaded is loaded again, in ms. */
const failedFor = 30_000;

const check = (model: SherpaModel): void => {
  try {
    findLibrary();
  } catch (cause) {
    throw new Error('TRANSCRIBE_ENGINE=sherpa needs a package: npm install sherpa-onnx-node', { cause });
  }
  try {
    modelConfig(model);
  } catch (cause) {
    throw new Error(`TRANSCRIBE_MODEL is no model for sherpa-onnx: ${(cause as Error).message}`, { cause });
  }
};

/**
 * sherpa-onnx on the server itself, with a model from a folder. It is native code and holds the model, so it has a process of its own for
 * all utterances, which starts with the server and again with the next utterance after it has ended. Throws when the package or a file of
 * the model is missing.
 */
export const makeSherpa = (model: SherpaModel, log: Log): Engine & { readonly pid: number | undefined } => {
  check(model);
  let current: SherpaProcess | undefined;
  let failure: { until: number; message: string } | undefined;
  let closed = false;

  const start = (): SherpaProcess => {
    const started = new SherpaProcess(model, ({ wasReady, message }) => {
      current = undefined;
      if (closed) return;
      failure = wasReady ? undefined : { until: performance.now() + failedFor, message };
      log.error({ message }, wasReady ? 'sherpa-onnx has ended' : 'sherpa-onnx cannot load its model');
    });
    current = started;
    return started;
  };
  start();

  return {
    name: 'sherpa',
    longest: model.kind === 'sense-voice' ? 15_000 : 60_000,
    get pid() {
      return current?.pid;
    },
    open(_, listener) {
      if (!current && failure && performance.now() < failure.until) {
        listener.failed(new EngineError('unreachable', `sherpa-onnx cannot load its model: ${failure.message}`));
        return { push: () => undefined, end: () => undefined, close: () => undefined };
      }
      return (current ?? start()).open(listener);
    },
    close() {
      closed = true;
      current?.close();
    },
  };
};
