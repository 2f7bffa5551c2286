import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { bareEnvironment } from '../../../media/workerProcess.ts';
import { EngineError, type Hearing, type Listener, sampleRate } from '../engine.ts';
import type { Command, Report } from './messages.ts';
import type { SherpaModel } from './model.ts';

const program = join(import.meta.dirname, 'main.ts');
/** How long the model may take to be loaded, in ms. */
const loadWithin = 120_000;
/** A process that reads nothing for so long is stuck, in ms. */
const stuckAfter = 30_000;
/** More audio of an utterance than this unread means that the recogniser is too slow, in samples: a repeated utterance comes at once. */
const unreadMost = 30 * sampleRate;
/** The last characters that the process wrote, which say why it ended. */
const keptWords = 1000;

type Utterance = { listener: Listener; unread: number };

/** A process with a loaded model, which transcribes all utterances. */
export class SherpaProcess {
  readonly #child: ChildProcess;
  readonly #utterances = new Map<number, Utterance>();
  #lastId = 0;
  #unreadCommands = 0;
  #isReady = false;
  #late: NodeJS.Timeout;

  /** `gone` is called once, unless it was closed; `wasReady` is false when the model could not be loaded. */
  constructor(model: SherpaModel, gone: (end: { wasReady: boolean; message: string }) => void) {
    const child = fork(program, [JSON.stringify(model)], {
      env: bareEnvironment(),
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    this.#child = child;
    let words = '';
    child.stderr?.on('data', (bytes) => {
      words = `${words}${bytes}`.slice(-keptWords);
    });
    child.on('error', ({ message }) => {
      words = message;
    });
    child.on('message', (report: Report) => this.#said(report));
    child.once('close', (code, signal) => {
      clearTimeout(this.#late);
      const message = words.trim() || `ended by ${signal ?? code}`;
      const utterances = [...this.#utterances.values()];
      this.#utterances.clear();
      gone({ wasReady: this.#isReady, message });
      for (const { listener } of utterances)
        listener.failed(new EngineError('unreachable', `The process of sherpa-onnx has ended: ${message}`));
    });
    this.#late = this.#killIn(loadWithin);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  open(listener: Listener): Hearing {
    const id = ++this.#lastId;
    const utterance = { listener, unread: 0 };
    this.#utterances.set(id, utterance);
    const isOpen = () => this.#utterances.get(id) === utterance;
    return {
      push: (samples) => {
        if (!isOpen()) return;
        utterance.unread += samples.length;
        this.#send({ id, samples });
        if (utterance.unread <= unreadMost) return;
        this.#drop(id);
        listener.failed(new EngineError('slow', 'The recogniser is slower than speech.'));
      },
      end: () => {
        if (isOpen()) this.#send({ id, end: true });
      },
      close: () => {
        if (isOpen()) this.#drop(id);
      },
    };
  }

  close(): void {
    this.#utterances.clear();
    this.#child.kill('SIGKILL');
  }

  #drop(id: number): void {
    this.#utterances.delete(id);
    this.#send({ id, drop: true });
  }

  #send(command: Command): void {
    if (!this.#child.connected) return;
    this.#child.send(command, () => undefined);
    if (this.#unreadCommands++ === 0 && this.#isReady) this.#late = this.#killIn(stuckAfter);
  }

  #said(report: Report): void {
    if ('ready' in report) {
      this.#isReady = true;
      clearTimeout(this.#late);
      if (this.#unreadCommands > 0) this.#late = this.#killIn(stuckAfter);
      return;
    }
    const utterance = this.#utterances.get(report.id);
    if ('read' in report) {
      if (--this.#unreadCommands > 0) this.#late.refresh();
      else clearTimeout(this.#late);
      if (utterance) utterance.unread -= report.read;
      return;
    }
    if (!utterance) return;
    const { listener } = utterance;
    if ('interim' in report) listener.interim(report.interim);
    else if ('final' in report) listener.final(report.final, report);
    else {
      this.#utterances.delete(report.id);
      listener.done();
    }
  }

  #killIn(time: number): NodeJS.Timeout {
    return setTimeout(() => this.#child.kill('SIGKILL'), time).unref();
  }
}
