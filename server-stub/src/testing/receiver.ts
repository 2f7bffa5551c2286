import { createHmac } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './harness.ts';

export type Received = {
  id: string;
  type: string;
  data: Json;
  timestamp: string;
  headers: IncomingHttpHeaders;
  text: string;
};
/** Answers a message; the default is 204. */
export type Answer = (message: Received, response: ServerResponse) => void;

const ok: Answer = (_, response) => response.writeHead(204).end();

/** True for a message that was signed with this key; by the scheme itself, not by the code of the server. */
export const isSigned = ({ headers, text }: Pick<Received, 'headers' | 'text'>, secret: string): boolean => {
  const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${text}`;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  return headers['webhook-signature'] === `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
};

/** The back end of a partner: a real HTTP server that keeps what it receives. */
export const startReceiver = async (port = 0) => {
  const received: Received[] = [];
  const arrived = new EventEmitter();
  let answer: Answer = ok;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const text = Buffer.concat(parts).toString();
    const message = { ...JSON.parse(text), id: String(request.headers['webhook-id']), headers: request.headers, text };
    received.push(message);
    answer(message, response);
    arrived.emit('message');
  }).listen(port, '127.0.0.1');
  await once(server, 'listening');
  const own = (server.address() as AddressInfo).port;
  return {
    port: own,
    url: `http://127.0.0.1:${own}/hook`,
    received,
    answerWith(next: Answer | undefined): void {
      answer = next ?? ok;
    },
    /** The first `count` messages that fit, already received or to come. */
    async messages(count: number, fits: (message: Received) => boolean = () => true): Promise<Received[]> {
      const signal = AbortSignal.timeout(20_000);
      for (;;) {
        const some = received.filter(fits);
        if (some.length >= count) return some.slice(0, count);
        await once(arrived, 'message', { signal }).catch(() => {
          throw new Error(`${count} messages did not come, only: ${received.map(({ type }) => type).join(' ')}`);
        });
      }
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
