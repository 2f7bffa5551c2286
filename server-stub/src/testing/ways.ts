import { protocol } from '@meetframe/contract/version';
import type { Json, TestServer } from './harness.ts';

/** The three ways in which a client reaches the same methods. */
export const ways = ['JSON', 'form', 'socket'] as const;
export type Way = (typeof ways)[number];

/** Calls a method. Returns the answer unchanged, with `error` if it is one. */
export type Call = (name: string, input?: Json) => Promise<Json>;

const split = (name: string): [string, string] => {
  const dot = name.indexOf('.');
  return [name.slice(0, dot), name.slice(dot + 1)];
};

/** A caller that uses one of the ways. `account` undefined: not logged in; `signed`: with the demo app's sign. */
export const callerOn = async (
  server: TestServer,
  way: Way,
  { account, signed = false }: { account?: string; signed?: boolean } = {},
): Promise<Call> => {
  const credentials = {
    ...(account && { SID: await server.login(account) }),
    ...(signed && { sign: await server.sign() }),
  };
  if (way === 'socket') {
    const client = await server.connect();
    await client.call('session.hello', { protocol, ...credentials });
    return (name, input = {}) => client.ask(name, input);
  }
  return async (name, input = {}) => {
    const [module, method] = split(name);
    const message = { method, ...credentials, ...input };
    if (way === 'JSON') return (await server.post(module, message)).body;
    const answer = await fetch(`${server.origin}/app/${module}`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ params: JSON.stringify(message) }),
    });
    return (await answer.json()) as Json;
  };
};

/** The code of the error. */
export const codeOf = (answer: Json): string | undefined => answer.error?.code;

/** Removes fields that only a socket's answer has. */
export const bare = ({ id: _, module: __, method: ___, ...rest }: Json): Json => rest;
