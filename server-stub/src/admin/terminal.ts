import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import { text as readAll } from 'node:stream/consumers';
import { newSecret } from '../account/appRegistry.ts';
import { Failure } from './failure.ts';

/** Removes control characters, because names come from untrusted users and a terminal would obey them. */
const plain = (value: unknown): string =>
  value === null || value === undefined ? '-' : String(value).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');

/** Local time to the minute. */
export const time = (milliseconds: number): string => {
  if (!milliseconds) return '-';
  const two = (value: number) => String(value).padStart(2, '0');
  const at = new Date(milliseconds);
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`;
};

export const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Writes a remark for people to standard error, so that scripts get only results on standard output. */
export const remark = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

/** Chinese, Japanese and Korean characters are two columns wide. */
const widthOf = (text = ''): number =>
  text.length +
  (
    text.match(/[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303f\uff01-\uff60]/gu) ??
    []
  ).length;

/** Formats rows under the names of their columns. */
export const table = (rows: readonly Record<string, unknown>[], nothing: string): void => {
  const [first] = rows;
  if (!first) {
    remark(nothing);
    return;
  }
  const names = Object.keys(first);
  const lines = [names, ...rows.map((row) => names.map((name) => plain(row[name])))];
  const widths = names.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]))));
  const filled = (cell: string, column: number) => cell + ' '.repeat((widths[column] ?? 0) - widthOf(cell));
  for (const line of lines) say(line.map(filled).join('  ').trimEnd());
};

/** Asks several questions in a row; the answers are not shown on the screen. */
const askHidden = async (questions: readonly string[]): Promise<string[]> => {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true });
  const cancelled = new Promise<never>((_, failed) =>
    reader.once('SIGINT', () => failed(new Failure('Cancelled; nothing was changed.'))),
  );
  cancelled.catch(() => undefined);
  const lines = reader[Symbol.asyncIterator]();
  try {
    const answers: string[] = [];
    for (const question of questions) {
      process.stderr.write(question);
      const { value } = await Promise.race([lines.next(), cancelled]);
      answers.push(value ?? '');
      process.stderr.write('\n');
    }
    return answers;
  } finally {
    reader.close();
  }
};

export type SecretSource = { stdin?: boolean | undefined; generate?: boolean | undefined };

/**
 * A password or secret: typed by the administrator, read from standard input, or generated. Never an argument, because shells keep those
 * in their history and every user of the machine can see them.
 */
export const readSecret = async (
  what: string,
  { stdin, generate }: SecretSource,
  atLeast: number,
): Promise<{ secret: string; made: boolean }> => {
  if (generate) return { secret: newSecret(), made: true };
  let secret: string;
  if (stdin) secret = (await readAll(process.stdin)).replace(/\r?\n$/, '');
  else {
    if (!process.stdin.isTTY)
      throw new Failure(
        `There is no terminal to ask for the ${what}: pass it with --${what}-stdin, or use --generate.`,
      );
    const [first = '', again] = await askHidden([`New ${what}: `, 'Once more: ']);
    if (first !== again) throw new Failure('The two entries differ; nothing was changed.');
    secret = first;
  }
  if (secret.length < atLeast || secret.length > 200)
    throw new Failure(`A ${what} has ${atLeast} to 200 characters; nothing was changed.`);
  return { secret, made: false };
};

/** Asks for confirmation before something that cannot be undone. `yes` answers in advance, for scripts. */
export const confirm = async (what: string, yes: boolean | undefined): Promise<void> => {
  if (yes) return;
  if (!process.stdin.isTTY) throw new Failure(`${what} Add --yes to confirm.`);
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await new Promise<string>((done) => {
    reader.once('close', () => done(''));
    reader.question(`${what} Type "yes" to go on: `, done);
  });
  reader.close();
  if (answer.trim().toLowerCase() !== 'yes') throw new Failure('Cancelled; nothing was changed.');
};
