import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { fail } from '../errors.ts';

const loopback = /^(::ffff:)?127\.|^::1$/;
const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Lets a request read the figures, or throws: with `METRICS_TOKEN` whoever shows it, without one only a program on this very
 * machine. What came through a proxy has another sender, even where the proxy runs here; one that adds no header of its own
 * cannot be told apart, so it should not pass /metrics on, or the token should be set.
 */
export const checkMetricsAccess = (request: IncomingMessage, token: string | undefined): void => {
  const { headers, socket } = request;
  if (token === undefined) {
    const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers);
    if (forwarded || !loopback.test(socket.remoteAddress ?? ''))
      fail('FORBIDDEN', 'Without METRICS_TOKEN only this machine itself may read the figures.');
    return;
  }
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  if (!timingSafeEqual(digest(given), digest(token))) fail('UNAUTHENTICATED', 'This needs the METRICS_TOKEN.');
};
