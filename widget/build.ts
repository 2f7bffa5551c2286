import { type Plugin, parseAst } from 'vite';

/** What rows of the contract say for readers and for other ends: the widget calls by name and checks input, nothing more. */
const unread = new Set([
  'spec',
  'summary',
  'output',
  'who',
  'events',
  'errors',
  'since',
  'reads',
  'waitsForPerson',
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
  const isRow = node.type === 'CallExpression' && callee?.name === 'method' && row?.type === 'ObjectExpression';
  return [...(isRow ? [row] : []), ...children(node).flatMap(rowsIn)];
};

/** Leaves out of the widget what it does not read of the contract: texts, outputs, who may. Types are gone by then anyway. */
export const leanContract = (): Plugin => ({
  name: 'meetframe:lean-contract',
  enforce: 'pre',
  transform: {
    filter: { id: /\/widget\/contract\/src\/.+\.ts$/ },
    handler(code) {
      const properties = rowsIn(parseAst(code, { lang: 'ts' }) as never as Node).flatMap((row) =>
        (row.properties as Node[]).filter(({ key }) => unread.has((key as Node | undefined)?.name as string)),
      );
      const ordered = properties.sort((a, b) => b.start - a.start);
      return ordered.reduce(
        (text, { start, end }) => text.slice(0, start) + text.slice(end).replace(/^\s*,/, ''),
        code,
      );
    },
  },
});
