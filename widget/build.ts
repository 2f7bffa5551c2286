import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Plugin, parseAst } from 'vite';

/** Fields of the contract's rows for readers, pages and the server: the widget only calls by name and checks input. */
const unread = new Set([
  'spec',
  'summary',
  'output',
  'may',
  'page',
  'pageGets',
  'pageAlso',
  'internal',
  'overSocket',
  'events',
  'errors',
  'since',
  'reads',
  'patient',
  'worksWithExpiredSign',
]);

type Node = { type: string; start: number; end: number; [field: string]: unknown };

const children = (node: Node): Node[] =>
  Object.values(node)
    .flat()
    .filter((value): value is Node => typeof (value as Node | null)?.type === 'string');

const rowsIn = (node: Node): Node[] => {
  const callee = node.callee as Node | undefined;
  const [row] = (node.arguments as Node[] | undefined) ?? [];
  const declares = callee?.name === 'method' || callee?.name === 'event';
  const isRow = node.type === 'CallExpression' && declares && row?.type === 'ObjectExpression';
  return [...(isRow ? [row] : []), ...children(node).flatMap(rowsIn)];
};

/** Statements `texts.add(shape, …)`: what documents say about shapes. */
const textsIn = (program: Node): Node[] =>
  (program.body as Node[]).filter(({ expression }) => {
    const callee = (expression as Node | undefined)?.callee as Node | undefined;
    return (callee?.object as Node | undefined)?.name === 'texts';
  });

/**
 * Removes from the widget's bundle what it does not read of the contract: texts, outputs, permissions. `relay.ts`, `light.ts` and
 * `textParameters.ts` are replaced by the constants that they compute, so that the rows of relayed methods, and texts that are only
 * checked, stay out of the bundle. Types are removed before.
 */
export const leanContract = (): Plugin => ({
  name: 'meetframe:lean-contract',
  enforce: 'pre',
  load: {
    filter: { id: /\/widget\/(contract\/src\/(relay|light)|src\/bridge\/textParameters)\.ts$/ },
    async handler(id) {
      const computed = (await import(pathToFileURL(id).href)) as Record<string, unknown>;
      return Object.entries(computed)
        .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
        .join('\n');
    },
  },
  transform: {
    filter: { id: /\/widget\/contract\/src\/.+\.ts$/ },
    handler(code) {
      const program = parseAst(code, { lang: 'ts' }) as never as Node;
      const properties = rowsIn(program).flatMap((row) =>
        (row.properties as Node[]).filter(({ key }) => unread.has((key as Node | undefined)?.name as string)),
      );
      return [...properties, ...textsIn(program)]
        .sort((a, b) => b.start - a.start)
        .reduce((text, { start, end }) => text.slice(0, start) + text.slice(end).replace(/^\s*,/, ''), code);
    },
  },
});

/**
 * Leaves out what mediasoup-client has for React Native, for tests and for its own log, which is off in browsers unless somebody asks for
 * it: its modules import all of it, and none of them can be shaken out because they are CommonJS.
 */
export const leanMediaClient = (): Plugin => ({
  name: 'meetframe:lean-media-client',
  load: {
    filter: {
      id: /mediasoup-client\/lib\/(handlers\/(ReactNative106|FakeHandler)|test\/fakeParameters)\.js$|\/debug\/src\/browser\.js$/,
    },
    handler: (id) => (id.endsWith('browser.js') ? 'module.exports = () => () => {};' : 'module.exports = {};'),
  },
});

/** The code that finds people in a video also runs in Node and asks for its modules there; Vite warns of them. */
export const noNodeModules = (): Plugin => ({
  name: 'meetframe:no-node-modules',
  transform: {
    filter: { id: /video-processors\/.+\.js$/ },
    handler: (code) => code.replace(/\brequire\("(fs|path)"\)/g, '{}'),
  },
});

/** Scripts that the first screen loads. */
const atOnce = new Set<string>();

/** Which scripts `preload.ts` fetches for a part: the part itself, too, and none of those that are here already. */
export const filesOfPart = (part: string, files: string[], { hostType }: { hostType: 'html' | 'js' }): string[] =>
  hostType === 'html' ? files : (files.length ? files : [part]).filter((file) => !atOnce.has(file));

/** Puts `preload.ts` in the place of the function through which Vite loads chunks. */
export const ownPreload = (): Plugin => ({
  name: 'meetframe:own-preload',
  enforce: 'pre',
  load: {
    filter: { id: /^\0vite\/preload-helper\.js$/ },
    handler: () =>
      `export { preload as __vitePreload } from ${JSON.stringify(resolve(import.meta.dirname, 'preload.ts'))};`,
  },
  generateBundle: {
    order: 'pre',
    handler(_, bundle) {
      const add = (file: string): void => {
        const chunk = bundle[file];
        if (chunk?.type !== 'chunk' || atOnce.has(file)) return;
        atOnce.add(file);
        for (const each of chunk.imports) add(each);
      };
      for (const [file, chunk] of Object.entries(bundle)) if (chunk.type === 'chunk' && chunk.isEntry) add(file);
    },
  },
});
