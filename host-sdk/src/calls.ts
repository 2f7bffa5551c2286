import { RTCPeerError } from '@meetframe/contract/error';
import { run } from './events.ts';

type Values = Record<string, unknown>;
type Callback = (value: never) => void;
type Send = (name: string, args: unknown[]) => Promise<unknown>;

const isFunction = (value: unknown): value is Callback => typeof value === 'function';

/**
 * A copy that can be posted to the frame: without functions, and without the proxies that frameworks wrap around a
 * page's data. Other values than plain objects and arrays, such as a `Date`, are posted as they are.
 */
export const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if ((value as object | null)?.constructor !== Object) return value;
  const entries = Object.entries(value as Values).filter(([key, field]) => key !== 'callback' && !isFunction(field));
  return Object.fromEntries(entries.map(([key, field]) => [key, plain(field)]));
};

const clean = (name: string, args: unknown[]): unknown[] => {
  try {
    const copy = args.map(plain);
    // Throws for values that cannot be sent to the platform: a BigInt, or an object that contains itself.
    JSON.stringify(copy);
    return copy;
  } catch (error) {
    throw new RTCPeerError('INVALID_ARGUMENT', `${name}: ${(error as Error).message}`);
  }
};

/**
 * Runs methods by name. Functions cannot be posted: a function that is an argument or the field `callback` is called
 * after success, with the value of the promise.
 */
export const makeCall = (send: Send) => {
  const call = async (name: string, given: unknown[]): Promise<unknown> => {
    const callbacks = given.map((arg) => (isFunction(arg) ? arg : (arg as Values | undefined)?.callback));
    const args = clean(
      name,
      given.filter((arg) => !isFunction(arg)),
    );
    const value = (await send(name, args)) as Values;
    if (/\.p(ublish|lay)$/.test(name))
      value.getBitrate = () => call('meeting.getBitrate', /y$/.test(name) ? [{ client: value.client }] : []);
    for (const callback of callbacks) if (isFunction(callback)) run(callback, value);
    return value;
  };
  return call;
};

/**
 * A remote method for every name that the target lacks, made once. Only for names that a method can have: frameworks
 * probe other names.
 */
export const remote = <T extends object>(
  target: T,
  prefix: string,
  call: (name: string, args: unknown[]) => unknown,
): T =>
  new Proxy(target, {
    get(_, key) {
      const values = target as Values;
      if (!(key in target) && typeof key === 'string' && /^(?!then$|toJ)[a-z]/.test(key))
        values[key] = (...args: unknown[]) => call(prefix + key, args);
      return values[key as string];
    },
  });
