import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { parseAst } from 'vite';
import { expect, test } from 'vitest';

const sourcesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .map(({ parentPath, name }) => join(parentPath, name))
    .filter((path) => /\.(ts|tsx|mjs|js|jsx)$/.test(path) && !/node_modules|dist|\.d\.m?ts$/.test(path));

/** The files that a file imports, types included; what it loads when it is needed may well import it. */
const importsOf = (path: string): string[] => {
  const { body } = parseAst(readFileSync(path, 'utf8'), { lang: /\.[jt]sx$/.test(path) ? 'tsx' : 'ts' });
  return body
    .flatMap((node) => ('source' in node && node.source ? [node.source.value] : []))
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => normalize(join(dirname(path), specifier)));
};

/** Each circle as the files on it, from one that is imported again back to itself. */
const circlesOf = (files: ReadonlyMap<string, readonly string[]>): string[] => {
  const found = new Set<string>();
  const done = new Set<string>();
  const walk = (path: string, way: readonly string[]): void => {
    const from = way.indexOf(path);
    if (from >= 0) found.add([...way.slice(from), path].join(' → '));
    if (from >= 0 || done.has(path)) return;
    for (const next of files.get(path) ?? []) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of files.keys()) walk(path, []);
  return [...found];
};

test('a circle of imports is found, and a file that two import is none', () => {
  const files = { a: ['b', 'd'], b: ['c'], c: ['a', 'd'], d: [], e: ['d', 'e'] };
  expect(circlesOf(new Map(Object.entries(files)))).toEqual(['a → b → c → a', 'e → e']);
});

test.each(['host-sdk', 'widget', 'tools', 'examples'])('no files of %s import one another in a circle', (folder) => {
  const files = new Map(sourcesIn(folder).map((path) => [path, importsOf(path)]));
  expect(files.size).toBeGreaterThan(5);
  expect(circlesOf(files)).toEqual([]);
});

test('imports of types count', () => {
  expect(importsOf('widget/src/view/expressing.ts')).toContain(join('widget/src/model', 'compose.ts'));
});
