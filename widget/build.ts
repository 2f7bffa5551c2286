import { pathToFileURL } from 'node:url';
import { type Plugin, parseAst } from 'vite';

/** What rows of the contract say for readers and for other ends: the widget calls by name and checks input, nothing more. */
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

const declaring = new Set(['method', 'methods', 'event', 'events']);
/** Calls that declare rows or tables of them. */
const declarationsIn = (node: Node): Node[] => {
  const callee = node.callee as Node | undefined;
  const isOne = node.type === 'CallExpression' && declaring.has(callee?.name as string);
  return [...(isOne ? [node] : []), ...children(node).flatMap(declarationsIn)];
};
const unreadIn = (call: Node): Node[] => {
  const [row] = call.arguments as Node[];
  const { name } = call.callee as Node;
  if (row?.type !== 'ObjectExpression' || (name !== 'method' && name !== 'event')) return [];
  return (row.properties as Node[]).filter(({ key }) => unread.has((key as Node | undefined)?.name as string));
};

type Edit = { start: number; end: number; text: string };

/**
 * Leaves out of the widget what it does not read of the contract: texts, outputs, who may, and whole tables that nothing
 * imports. `relay.ts` is replaced by what it computes, so that the rows that go through the widget stay out of it. Types are
 * gone by then anyway.
 */
export const leanContract = (): Plugin => ({
  name: 'meetframe:lean-contract',
  enforce: 'pre',
  transform: {
    filter: { id: /\/widget\/contract\/src\/.+\.ts$/ },
    async handler(code, id) {
      if (id.endsWith('/src/relay.ts')) {
        const computed = (await import(pathToFileURL(id).href)) as Record<string, unknown>;
        return Object.entries(computed)
          .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};`)
          .join('\n');
      }
      const calls = declarationsIn(parseAst(code, { lang: 'ts' }) as never as Node);
      const edits: Edit[] = [
        ...calls.map(({ start }) => ({ start, end: start, text: '/*#__PURE__*/ ' })),
        ...calls.flatMap(unreadIn).map(({ start, end }) => ({ start, end, text: '' })),
      ];
      return edits
        .sort((a, b) => b.start - a.start)
        .reduce(
          (text, { start, end, text: put }) =>
            text.slice(0, start) + put + (put ? text.slice(end) : text.slice(end).replace(/^\s*,/, '')),
          code,
        );
    },
  },
});
