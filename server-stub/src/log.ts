import { type Logger, pino } from 'pino';

export type Log = Logger;

const secrets = ['sign', 'SID', 'password', 'secret', 'token', 'authorization', 'cookie', 'credential'];

/** Logs the message and code of an error only: errors of databases contain whole statements and rows. */
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

/** Removes secrets from log lines, down to the second level of nested objects. */
export const makeLog = (level: string): Log =>
  pino({
    level,
    redact: { paths: secrets.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[secret]' },
    serializers: { err: plainly },
  });
