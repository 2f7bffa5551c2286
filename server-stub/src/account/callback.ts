import type { IncomingMessage } from 'node:http';
import { accountMethods } from '@meetframe/contract/account';
import * as z from 'zod/mini';
import { fail } from '../errors.ts';
import { isOutwardUrl, makeOutward, type Resolve } from '../outward.ts';
import { brokenText } from '../store/text.ts';
import { limit } from '../throttle/limit.ts';

const maxAnswer = 64 * 1024;
const maxAtOnce = 100;
export const maxAtOnceOfApp = 20;
/** Calls a minute for one app; every sign-on makes one. */
const callsPerMinute = 600;

/** The data that a partner's call-back may return for an account, by the rules of 6.2. It replaces what the caller of 6.2 sent. */
const profile = z.pick(accountMethods['account.dockingLogin'].input, {
  userName: true,
  avatar: true,
  job: true,
  level: true,
});
export type Profile = z.output<typeof profile>;

/** The call-back could not be called, or its answer neither confirms nor refuses the account. */
export class Unanswered extends Error {}

type Options = {
  /** Internal addresses and networks that call-backs may use. */
  allow: readonly string[];
  timeout?: number;
  resolve?: Resolve;
};
export type Callback = ReturnType<typeof makeCallback>;

/**
 * Asks a partner's call-back to confirm an account (section 6.2). A status of 2xx confirms it, unless the answer is HTML or has a `result`
 * other than 0.
 */
export const makeCallback = ({ allow, timeout = 3000, resolve }: Options) => {
  const post = makeOutward({ allow, resolve });
  const calls = limit(callsPerMinute, 60);
  const running = new Map<string, number>();
  let total = 0;

  const ask = async (url: URL, body: string, signal: AbortSignal): Promise<Profile | undefined> => {
    const response = await post(url, { body, headers: { accept: 'application/json' }, signal });
    const parts: Buffer[] = [];
    let size = 0;
    for await (const part of response as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > maxAnswer) throw new Error('The answer of the call-back is too long.');
      parts.push(part);
    }
    return read(response, Buffer.concat(parts).toString());
  };

  return {
    /**
     * What the partner says of the account, or `undefined` when they refuse it.
     *
     * @throws Unanswered when they neither confirm nor refuse it; `THROTTLED` when too many call-backs run at the moment
     */
    async ask(
      app: { id: string; callbackUrl: string; proved?: boolean },
      input: { account: string; sign?: string | undefined },
    ): Promise<Profile | undefined> {
      if (!isOutwardUrl(app.callbackUrl)) throw new Unanswered('The call-back has no address.');
      // Call-backs that visitors of pages cause are counted apart from those that the partner's back end causes.
      const caller = app.proved ? `back end of ${app.id}` : app.id;
      await calls.take(caller);
      const mine = running.get(caller) ?? 0;
      if (total >= maxAtOnce || mine >= maxAtOnceOfApp)
        fail('THROTTLED', 'Too many people sign on at this moment; wait a little.', { retryAfter: 1000 });
      total++;
      running.set(caller, mine + 1);
      try {
        const body = JSON.stringify({ appId: app.id, account: input.account, sign: input.sign });
        return await ask(new URL(app.callbackUrl), body, AbortSignal.timeout(timeout));
      } catch (error) {
        throw new Unanswered('The call-back said neither yes nor no.', { cause: error });
      } finally {
        total--;
        const left = (running.get(caller) ?? 1) - 1;
        if (left > 0) running.set(caller, left);
        else running.delete(caller);
      }
    },
  };
};

/** The data of a confirmed account, or `undefined` for a refused one. */
const read = ({ statusCode = 0, headers }: IncomingMessage, text: string): Profile | undefined => {
  if (statusCode >= 400 && statusCode <= 499) return undefined;
  if (statusCode < 200 || statusCode > 299) throw new Error(`The call-back answered ${statusCode}.`);
  const type = headers['content-type'] ?? '';
  if (/html/i.test(type)) throw new Error('The call-back answered an HTML page.');
  if (!/json/i.test(type) || text === '') return {};
  const answer: unknown = JSON.parse(text);
  if (typeof answer !== 'object' || answer === null) throw new Error('The call-back answered JSON that is no object.');
  if ('result' in answer && answer.result !== 0) return undefined;
  const said = Object.fromEntries(Object.entries(profile.parse(answer)).filter(([, value]) => value !== undefined));
  const broken = brokenText(said);
  if (broken !== undefined) throw new Error(`${broken} of the call-back is no text that can be stored.`);
  return said;
};
