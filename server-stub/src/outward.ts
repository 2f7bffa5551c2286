import type { LookupAddress } from 'node:dns';
import { lookup } from 'node:dns/promises';
import { once } from 'node:events';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress, isWithin } from './addresses.ts';

/** An address of a partner: http or https, without name and password in it. */
export const isOutwardUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
};

export type Resolve = (host: string) => Promise<LookupAddress[]>;
type Options = {
  /** Internal addresses and networks that may be called. */
  allow: readonly string[];
  resolve?: Resolve | undefined;
};
export type Outward = ReturnType<typeof makeOutward>;

/**
 * Posts JSON to addresses that partners chose. These must not reach the internal network of the platform: a name is resolved once, the
 * resulting addresses must be public (or allowed), and the connection uses one of exactly these. Redirects are not followed.
 */
export const makeOutward = ({ allow, resolve = (host) => lookup(host, { all: true }) }: Options) => {
  const addressesOf = async (host: string): Promise<LookupAddress[]> => {
    const family = isIP(host);
    const found = family ? [{ address: host, family }] : await resolve(host);
    if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address) || isWithin(address, allow)))
      throw new Error('The address is in an internal network of the platform.');
    return found;
  };
  /** A name server that does not answer cannot be told to stop, only left alone. */
  const untilAborted = async <T>(work: Promise<T>, signal: AbortSignal): Promise<T> => {
    const aborted = new Promise<never>((_, failed) =>
      signal.addEventListener('abort', () => failed(signal.reason), { once: true }),
    );
    return await Promise.race([work, aborted]);
  };

  /** Resolves with the head of the answer; its body is still to come. */
  return async (
    url: URL,
    { body, headers, signal }: { body: string; headers: Record<string, string>; signal: AbortSignal },
  ): Promise<http.IncomingMessage> => {
    signal.throwIfAborted();
    const addresses = await untilAborted(addressesOf(url.hostname.replace(/^\[|\]$/g, '')), signal);
    const pinned: LookupFunction = (_host, options, done) => {
      const [first] = addresses as [LookupAddress, ...LookupAddress[]];
      if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    };
    const { request: open } = url.protocol === 'https:' ? https : http;
    const request = open(url, {
      method: 'POST',
      agent: false,
      lookup: pinned,
      signal,
      headers: { 'content-type': 'application/json', 'user-agent': 'MeetFrame', ...headers },
    });
    // A connection that breaks after the answer began is an error of both; reading the answer reports it.
    request.on('error', () => undefined);
    request.end(body);
    const [response] = (await once(request, 'response')) as [http.IncomingMessage];
    return response;
  };
};
