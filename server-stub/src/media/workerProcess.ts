import type { types } from 'mediasoup';
import * as mediasoup from 'mediasoup';

/** Environment variables for libraries, memory settings and language. */
const needed =
  /^(PATH|HOME|TZ|LANG|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|(LC|LD|DYLD|MALLOC|OPENSSL|ASAN|UBSAN|MEDIASOUP)_\w+)$/i;

/** The environment of a process that parses untrusted input: without the secrets of the server. */
export const bareEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(process.env).filter(([name]) => needed.test(name)));

/**
 * Starts a media worker, which parses untrusted input. mediasoup passes it the whole environment, which contains the secrets of the server.
 * So the environment has only the needed variables while the worker is started; mediasoup starts it before its first `await`.
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
