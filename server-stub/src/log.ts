import { type Logger, pino } from 'pino';

export type Log = Logger;

const secrets = ['sign', 'SID', 'password', 'secret', 'token', 'authorization', 'cookie', 'credential'];

/** Only what an error says of itself: those of databases carry whole statements and rows, with whatever stands in them. */
const plainly = (error: unknown): unknown =>
  error instanceof Error
    ? {
        type: error.name,
        message: error.message,
        stack: error.stack,
        code: (error as { code?: unknown }).code,
        ...(error.cause !== undefined && { cause: plainly(error.cause) }),
      }
    : error;

/** Secrets never reach a log, wherever up to two levels deep they stand. */
export const makeLog = (level: string): Log =>
  pino({
    level,
    redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[secret]' },
    serializers: { err: plainly },
  });
