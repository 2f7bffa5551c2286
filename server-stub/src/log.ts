import { type Logger, pino } from 'pino';

export type Log = Logger;

const secrets = ['sign', 'SID', 'password', 'secret', 'token', 'authorization', 'cookie', 'credential'];

/** Secrets never reach a log, wherever up to two levels deep they stand. */
export const makeLog = (level: string): Log =>
  pino({ level, redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[secret]' } });
