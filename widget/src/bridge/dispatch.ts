import {
  type AliasName,
  aliases,
  type ErrorShape,
  expectation,
  failureOf,
  type Handlers,
  type Issue,
  innermost,
  type Method,
  type RelayedName,
  RTCPeerError,
  relayedMethods,
  type Schema,
  widgetMethods,
} from '@meetframe/contract';
import type { Relay } from './relay.ts';

/** Checks input against a schema; the error names the field and the expected value. */
export const check = <T>(schema: Schema, value: unknown, what: string): T => {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data as T;
  const issue = innermost(parsed.error.issues[0] as Issue);
  const unknown = issue.code === 'unrecognized_keys' ? String((issue.keys as string[])[0]) : undefined;
  const field = [...(issue.path ?? []), ...(unknown === undefined ? [] : [unknown])].map(String).join('.');
  const expected = unknown === undefined ? expectation(issue) : 'no such option';
  throw new RTCPeerError(
    'INVALID_ARGUMENT',
    `${what}: ${field || 'the argument'}: ${unknown === undefined ? `expected ${expected}` : 'unknown name'}.`,
    {
      field,
      expected,
    },
  );
};

/** The error as it is posted to the page: a plain object, which penpal does not shorten. */
export const shapeOf = (error: unknown): ErrorShape => {
  const { code, message, details } = RTCPeerError.from(error);
  return { code, message, ...(details && { details }) };
};

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Makes one input object of the arguments, which are given by position or as an object. */
export const toInput = (row: Pick<Method, 'positional'>, args: readonly unknown[], inverted: boolean): unknown => {
  if (args.length === 0 || (args.length === 1 && args[0] === undefined)) return row.positional ? {} : undefined;
  const [first] = args;
  let input: unknown = first;
  if (row.positional && !isObject(first))
    input = Object.fromEntries(
      row.positional.map((field, index) => [field, args[index]]).filter(([, value]) => value !== undefined),
    );
  if (!inverted || !isObject(input)) return input;
  // The inverted aliases take whether a device is on, the methods whether it is off.
  const [field = ''] = row.positional ?? [];
  const { isAudio, ...rest } = input;
  const value = isAudio ?? rest[field];
  return { ...rest, [field]: typeof value === 'boolean' ? !value : value };
};

type Input = Record<string, unknown>;
/**
 * What the widget does for a relayed method besides relaying; `relay` sends the call, with the given input or another
 * one.
 */
export type Overrides = {
  readonly [N in RelayedName]?: (input: Input, relay: (input?: Input) => Promise<unknown>) => Promise<unknown>;
};

/**
 * Runs calls by name: resolves the alias, checks the input, then calls the widget's own handler or the relay. Rejects
 * with plain error objects.
 */
export const createDispatch = (
  handlers: Handlers<typeof widgetMethods, undefined>,
  { relay, overrides }: { relay: Relay; overrides: Overrides },
) => {
  const call = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    try {
      const alias = Object.hasOwn(aliases, name)
        ? (aliases[name as AliasName] as { to: string; inverted?: boolean })
        : undefined;
      const real = alias?.to ?? name;
      const own = Object.hasOwn(widgetMethods, real) ? widgetMethods[real as keyof typeof widgetMethods] : undefined;
      const relayed = Object.hasOwn(relayedMethods, real) ? relayedMethods[real] : undefined;
      if (!own && !relayed) throw new RTCPeerError('UNSUPPORTED', `This widget has no method ${name}.`);
      const input = toInput((own ?? relayed ?? {}) as Pick<Method, 'positional'>, args, alias?.inverted ?? false);
      if (own) {
        const handler = handlers[real as keyof typeof widgetMethods] as (input: unknown, context: undefined) => unknown;
        return await handler(check(own.input, input, name), undefined);
      }
      const override = relayed && overrides[real as RelayedName];
      if (override && (input === undefined || isObject(input)))
        return await override(input ?? {}, (other = input ?? {}) => relay(real, other));
      return await relay(real, input);
    } catch (error) {
      const shape = shapeOf(error);
      const real = Object.hasOwn(aliases, name) ? aliases[name as AliasName].to : name;
      return (
        failureOf(Object.hasOwn(relayedMethods, real) ? relayedMethods[real] : undefined, shape) ??
        Promise.reject(shape)
      );
    }
  };
  return { call, names: [...Object.keys(widgetMethods), ...Object.keys(relayedMethods), ...Object.keys(aliases)] };
};
