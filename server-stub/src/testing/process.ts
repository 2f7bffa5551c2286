import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parentOf } from '../../../tools/children.mjs';
import type { FreshDatabase } from './database.ts';
import type { Json } from './harness.ts';

/** Starts the server as its own process, as in production. Tests can wait for its log lines. */
export class ServerProcess {
  readonly lines: Json[] = [];
  readonly exited: Promise<number | null>;
  readonly #child: ChildProcess;
  /** Its data folder, which another process may use afterwards; `end` removes it unless it was given. */
  readonly folder: string;
  readonly #given: FreshDatabase | undefined;
  #said = '';
  #notify = (): void => undefined;

  constructor(environment: Record<string, string>, database?: FreshDatabase) {
    this.#given = database;
    this.folder = database?.settings.DATA_DIR ?? mkdtempSync(join(tmpdir(), 'meetframe-process-'));
    this.#child = spawn(process.execPath, [join(import.meta.dirname, '../main.ts')], {
      // The channel ends the server with these tests, however they end.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...process.env,
        DATA_DIR: this.folder,
        ...database?.settings,
        MEDIA_WORKERS: '1',
        MEDIA_LISTEN: '127.0.0.1',
        DEMO: 'true',
        LOG_LEVEL: 'info',
        RECORD_NICE: '0',
        ...environment,
      },
    });
    this.exited = once(this.#child, 'exit').then(([code]) => {
      this.#notify();
      return code;
    });
    for (const output of [this.#child.stdout, this.#child.stderr])
      if (output)
        createInterface(output).on('line', (line) => {
          this.#said += `${line}\n`;
          if (line.startsWith('{')) this.lines.push(JSON.parse(line));
          this.#notify();
        });
  }

  get origin(): Promise<string> {
    return this.line('is up').then(({ origin }) => origin);
  }

  /** All of its output. */
  get said(): string {
    return this.#said;
  }

  /** The first log line with that text, already written or to come. */
  async line(text: string): Promise<Json> {
    for (;;) {
      const found = this.lines.find(({ msg }) => String(msg).includes(text));
      if (found) return found;
      if (this.hasExited) throw new Error(`the server ended without saying "${text}":\n${this.#said}`);
      await new Promise<void>((resolve) => {
        this.#notify = resolve;
      });
    }
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get hasExited(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Process ids of its media workers. */
  workers(): number[] {
    const { pid } = this.#child;
    return readdirSync('/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .filter((entry) => parentOf(entry) === pid)
      .map(Number);
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal);
  }

  /** Closes the channel, as the system does when the process that started the server ends. */
  disconnect(): void {
    this.#child.disconnect();
  }

  async end(): Promise<void> {
    if (!this.hasExited) this.signal('SIGKILL');
    await this.exited;
    if (!this.#given) rmSync(this.folder, { recursive: true, force: true });
  }
}
