import {
  type AliasName,
  aliases,
  type ErrorShape,
  type Handlers,
  type Method,
  type MethodTable,
  type PassThrough,
  passThrough,
  RTCPeerError,
  type Schema,
} from '@meetframe/contract';
import { isPassThrough } from './passThrough.ts';

type Issue = { path: PropertyKey[]; message: string; code?: string; keys?: string[]; expected?: string };

/** Checks against a schema; the refusal names the field and what was expected there. */
export const check = <T>(schema: Schema, value: unknown, what: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as T;
  const issue = parsed.error.issues[0] as Issue | undefined;
  const unknown = issue?.code === 'unrecognized_keys' ? (issue.keys?.[0] ?? '') : undefined;
  const field = [...(issue?.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(String).join('.');
  const expected = unknown === undefined ? (issue?.expected ?? issue?.message ?? 'another value') : 'no such option';
  throw new RTCPeerError(
    'INVALID_ARGUMENT',
    `${what}: ${field || 'the argument'}: ${unknown === undefined ? `expected ${expected}` : 'unknown name'}.`,
    {
      field,
      expected,
    },
  );
};

/** What crosses to the page: a plain object, whole. */
export const shapeOf = (error: unknown): ErrorShape => {
  const { code, message, details } = RTCPeerError.from(error);
  return { code, message, ...(details && { details }) };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** One object of what was passed, by position or as an object already. */
export const toInput = (row: Pick<Method, 'positional'>, args: readonly unknown[], inverted: boolean): unknown => {
  if (args.length === 0 || (args.length === 1 && args[0] === undefined)) return row.positional ? {} : undefined;
  const [first] = args;
  let input: unknown = first;
  if (row.positional && !isObject(first))
    input = Object.fromEntries(
      row.positional.map((field, index) => [field, args[index]]).filter(([, value]) => value !== undefined),
    );
  if (!inverted || !isObject(input)) return input;
  // The old names speak of what is on, the new ones of what is off.
  const [field = ''] = row.positional ?? [];
  const { isAudio, ...rest } = input;
  const value = isAudio ?? rest[field];
  return { ...rest, [field]: typeof value === 'boolean' ? !value : value };
};

/** Runs calls by name: alias, shape, check, handler. Rejects with plain error shapes. */
export const createDispatch = <T extends MethodTable>(
  table: T,
  handlers: Handlers<T, undefined>,
  handOn: (name: keyof PassThrough, input: unknown) => Promise<unknown>,
) => {
  const call = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    try {
      const alias = Object.hasOwn(aliases, name)
        ? (aliases[name as AliasName] as { to: string; inverted?: boolean })
        : undefined;
      const real = alias?.to ?? name;
      if (isPassThrough(real)) return await handOn(real, args[0] ?? undefined);
      const row = Object.hasOwn(table, real) ? table[real] : undefined;
      if (!row) throw new RTCPeerError('UNSUPPORTED', `This widget has no method ${name}.`);
      const input = check(row.input, toInput(row, args, alias?.inverted ?? false), name);
      return await (handlers[real] as (input: unknown, context: undefined) => unknown)(input, undefined);
    } catch (error) {
      throw shapeOf(error);
    }
  };
  return { call, names: [...Object.keys(table), ...Object.keys(passThrough), ...Object.keys(aliases)] };
};
