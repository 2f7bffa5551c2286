import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { leanContract } from './build.ts';

const lean = (code: string): string => {
  const { transform } = leanContract() as unknown as { transform: { handler: (code: string) => string } };
  return transform.handler(code);
};

test('a row keeps what the widget reads and loses the rest', () => {
  const row = `export const rows = methods({
    'a.b': method({ spec: '1', summary: 'Text, with a comma.', input: z.object({ output: z.string() }), output: z.void(), since: '1.0' }),
    c: method({ ...other['x'], may: everybody, positional: ['on'] as const }),
  });`;
  const left = lean(row);
  expect(left).toContain('input: z.object({ output: z.string() })');
  expect(left).toContain(`method({ ...other['x'],  positional: ['on'] as const })`);
  for (const gone of ['spec', 'summary', 'comma', 'z.void', 'since', 'may']) expect(left).not.toContain(gone);
});

test('a shape loses what documents say about it', () => {
  const shape = `export const user = z.object({ name: z.string() });`;
  expect(lean(`${shape}\ntexts.add(user, { id: 'User', fields: { name: 'Name.' } });`).trim()).toBe(shape);
});

test('everything but rows and texts stays as it is', () => {
  const code = `export const output = z.object({ summary: z.string(), who: z.string() });`;
  expect(lean(code)).toBe(code);
});

test('the tables of the relay are computed by the build, without the rows', async () => {
  const { load } = leanContract() as unknown as { load: { handler: (id: string) => Promise<string> } };
  const made = await load.handler(fileURLToPath(import.meta.resolve('@meetframe/contract/relay')));
  expect(made).toContain('"login":{"wire":"account.login"');
  expect(made).not.toContain('import');
});
