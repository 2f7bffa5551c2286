import type { types } from 'mediasoup';
import * as mediasoup from 'mediasoup';

/** What a program finds its libraries, its memory settings and its language by. */
const needed =
  /^(PATH|HOME|TZ|LANG|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|(LC|LD|DYLD|MALLOC|OPENSSL|ASAN|UBSAN|MEDIASOUP)_\w+)$/i;

/** The environment of a process that deals with what strangers send: without the secrets of the server. */
export const bareEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name)));

/**
 * Starts a media worker, which parses what strangers send. mediasoup gives it the whole environment, with the secrets of the server in it.
 * So the worker is started while there is no more than it needs; mediasoup does that before its first `await`.
 */
export const createWorker = (): Promise<types.Worker> => {
  const all = process.env;
  process.env = bareEnvironment();
  try {
    return mediasoup.createWorker({ logLevel: 'warn' });
  } finally {
    process.env = all;
  }
};
