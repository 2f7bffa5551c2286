import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { fail } from '../errors.ts';

const loopback = /^(::ffff:)?127\.|^::1$/;
const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Checks that a request may read `/metrics`, and throws if not. With `METRICS_TOKEN` the request must carry that token. Without it, the
 * request must come from this machine. A request with a forwarding header came through a proxy and is refused, even if the proxy runs
 * on this machine. A proxy that adds no such header cannot be detected: it must not forward /metrics, or the token must be set.
 */
export const checkMetricsAccess = (request: IncomingMessage, token: string | undefined): void => {
  const { headers, socket } = request;
  if (token === undefined) {
    const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => name in headers);
    if (forwarded || !loopback.test(socket.remoteAddress ?? ''))
      fail('FORBIDDEN', 'Without METRICS_TOKEN only this machine itself may read the metrics.');
    return;
  }
  const given = /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1] ?? '';
  if (!timingSafeEqual(digest(given), digest(token))) fail('UNAUTHENTICATED', 'This needs the METRICS_TOKEN.');
};
