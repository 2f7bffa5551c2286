import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { closeCodes, wire } from '@meetframe/contract/wire';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Accounts } from '../account/account.ts';
import type { Config } from '../config.ts';
import type { Log } from '../log.ts';
import type { Relays } from '../media/relay.ts';
import type { Meetings } from '../meeting/meetings.ts';
import { networkOf, sourceAddress } from '../throttle/source.ts';
import { makeConnection } from './connection.ts';
import type { Devices } from './devices.ts';
import type { Dispatch } from './dispatch.ts';
import { type HelloParts, makeHello } from './hello.ts';
import { makeHostCheck } from './hosts.ts';
import type { ProxyHints } from './proxyHints.ts';
import { watchUnsent } from './unsent.ts';

/** How long clients get to confirm the close of their sockets when the server stops, in ms. */
const closingTime = 1000;
/** How many sockets of one network may be open that have sent nothing. */
const maxSilent = 100;

type Parts = {
  config: Config;
  /** Of the widget, as `session.hello` answers it. */
  build: string;
  relays: Relays;
  origin(): string;
  accounts: Accounts;
  meetings: Meetings;
  dispatch: Dispatch;
  log: Log;
  hints: ProxyHints;
  rtpCapabilities: HelloParts['rtpCapabilities'];
  devices: Devices;
  onResume?: (outcome: 'events' | 'snapshot' | 'lost') => void;
};

/** The sockets of all devices, at `/app/socket`. */
export const openSockets = (http: Server, parts: Parts) => {
  const { config, devices } = parts;
  const server = new WebSocketServer({ noServer: true, maxPayload: wire.maxMessage });
  const alive = new WeakMap<WebSocket, boolean>();
  const serve = makeConnection({ ...parts, hello: makeHello(parts) });
  const wrongHost = makeHostCheck(config, parts.origin);
  /** How many sockets of each network have not sent `session.hello` yet. */
  const silent = new Map<string, number>();
  const count = (network: string, change: number): void => {
    const now = (silent.get(network) ?? 0) + change;
    if (now > 0) silent.set(network, now);
    else silent.delete(network);
  };
  const refuse = (socket: Duplex, status: string): void => {
    socket.once('finish', () => socket.destroy());
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
  };

  http.on('upgrade', (request, socket, head) => {
    // After an upgrade Node no longer listens for errors of the socket.
    socket.on('error', () => socket.destroy());
    // Do not parse the address as a URL: a client can send anything, and an invalid one would throw.
    if (request.url?.split('?', 1)[0] !== '/app/socket') {
      return refuse(socket, '404 Not Found');
    }
    parts.hints.look(request.headers);
    const wrong = wrongHost(request.headers);
    if (wrong) {
      parts.hints.refused(wrong.message);
      return refuse(socket, '421 Misdirected Request');
    }
    const ip = sourceAddress(request, config.TRUST_PROXY);
    const network = networkOf(ip);
    if ((silent.get(network) ?? 0) >= maxSilent) return refuse(socket, '429 Too Many Requests');
    server.handleUpgrade(request, socket, head, (ws) => {
      alive.set(ws, true);
      ws.on('pong', () => alive.set(ws, true));
      count(network, 1);
      let isSilent = true;
      const spoke = (): void => {
        if (isSilent) count(network, -1);
        isSilent = false;
      };
      ws.once('message', spoke);
      ws.once('close', spoke);
      serve(ws, request, ip);
    });
  });

  const pinging = setInterval(() => {
    for (const ws of server.clients) {
      if (alive.get(ws) === false) ws.terminate();
      else {
        alive.set(ws, false);
        ws.ping();
      }
    }
  }, wire.pingEvery);

  const unsent = watchUnsent(server.clients);

  return {
    get connections() {
      return server.clients.size;
    },
    /** Tells every device how long to wait before it reconnects (`retryAfter` is called for each, in ms), and closes all sockets. */
    async close(retryAfter: () => number): Promise<void> {
      clearInterval(pinging);
      unsent.close();
      for (const device of devices.all()) {
        device.emit('session.closing', { retryAfter: retryAfter() });
        devices.close(device, closeCodes.restart.code, 'the server restarts');
      }
      const open = [...server.clients];
      const closed = open.map((ws) => new Promise((done) => ws.once('close', done)));
      for (const ws of open) ws.close(closeCodes.restart.code, 'the server restarts');
      await Promise.race([Promise.all(closed), new Promise((done) => setTimeout(done, closingTime).unref())]);
      for (const ws of server.clients) ws.terminate();
      server.close();
    },
  };
};
