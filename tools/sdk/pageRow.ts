import type { Method, Schema } from '@meetframe/contract';
import { answerSchema } from '@meetframe/contract/reference/answer';
import * as z from 'zod/mini';

const isObject = (schema: Schema): schema is z.ZodMiniObject => schema._zod.def.type === 'object';

const without = (schema: Schema, names: readonly string[]): Schema => {
  if (!isObject(schema)) return schema;
  const there = names.filter((name) => Object.hasOwn(schema.shape, name));
  if (there.length === 0) return schema;
  return z.omit(schema, Object.fromEntries(there.map((name) => [name, true])) as never);
};

/** A row as pages see it: without what is between widget and server only, and with the part of the answer that a page gets. */
export const pageRow = <R extends Method>(row: R): R => {
  const { internal = [], pageGets } = row;
  const output = answerSchema({ ...row, output: without(row.output, internal) });
  const part = pageGets !== undefined && isObject(output) ? (output.shape[pageGets] as Schema) : undefined;
  return {
    ...row,
    input: internal.length ? without(row.input, internal) : row.input,
    // A list carries the fields of the answer besides.
    output: part === undefined ? output : part._zod.def.type === 'array' ? z.intersection(part, output) : part,
  };
};
