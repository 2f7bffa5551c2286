import { readFileSync } from 'node:fs';

const marked = /<!-- derived: ([\w ]+) -->\n[\s\S]*?<!-- \/derived -->/g;

export const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');

export const code = (text: string): string => `\`${text}\``;
export const codes = (texts: readonly string[]): string => texts.map(code).join(' ');

/** A page as it stands, with its derived parts made anew; the prose between them is written by hand. */
export const withDerived = (path: string, parts: Readonly<Record<string, () => string>>): string =>
  readFileSync(path, 'utf8').replace(marked, (_, name: string) => {
    const make = parts[name];
    if (!make) throw new Error(`${path}: there is nothing to derive for "${name}".`);
    return `<!-- derived: ${name} -->\n${make()}\n<!-- /derived -->`;
  });
