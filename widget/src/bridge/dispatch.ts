import {
  type AliasName,
  aliases,
  type ErrorShape,
  failureOf,
  type Method,
  type RelayedName,
  RTCPeerError,
  relayedMethods,
} from '@meetframe/contract';
import { isObject, type Relay } from './relay.ts';

/** The error as it is posted to the page: a plain object, which penpal does not shorten. */
export const shapeOf = (error: unknown): ErrorShape => {
  const { code, message, details } = RTCPeerError.from(error);
  return { code, message, ...(details && { details }) };
};

/** An id that came as a text, as from an address. */
export const idOf = (value: unknown): unknown =>
  typeof value === 'string' && /^[1-9]\d{0,9}$/.test(value) ? Number(value) : value;

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

/** The methods that the widget answers by itself; `title` names the call in errors. */
export type Own = {
  names: readonly string[];
  run(name: string, call: { args: readonly unknown[]; isInverted: boolean; title: string }): Promise<unknown>;
};

/**
 * Runs calls by name: resolves the alias, then calls the widget's own method or the relay. Rejects with plain error objects.
 */
export const createDispatch = (own: Own, { relay, overrides }: { relay: Relay; overrides: Overrides }) => {
  const call = async (name: string, args: readonly unknown[]): Promise<unknown> => {
    const alias = Object.hasOwn(aliases, name)
      ? (aliases[name as AliasName] as { to: string; inverted?: boolean })
      : undefined;
    const real = alias?.to ?? name;
    const relayed = Object.hasOwn(relayedMethods, real) ? relayedMethods[real] : undefined;
    try {
      const isInverted = alias?.inverted ?? false;
      if (own.names.includes(real)) return await own.run(real, { args, isInverted, title: name });
      if (!relayed) throw new RTCPeerError('UNSUPPORTED', `This widget has no method ${name}.`);
      const input = toInput(relayed, args, isInverted);
      const override = overrides[real as RelayedName];
      if (override && (input === undefined || isObject(input)))
        return await override(input ?? {}, (other = input ?? {}) => relay(real, other));
      return await relay(real, input);
    } catch (error) {
      const shape = shapeOf(error);
      return failureOf(relayed, shape) ?? Promise.reject(shape);
    }
  };
  return { call, names: [...own.names, ...Object.keys(relayedMethods), ...Object.keys(aliases)] };
};
