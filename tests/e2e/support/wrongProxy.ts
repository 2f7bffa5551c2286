import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** What a proxy in front of the platform does that it should not; nothing of it makes a good one. */
export type Wrong = {
  /** Passes no upgrade on, as nginx does without two headers. */
  upgrades?: false;
  /** Answers these addresses by itself, with a page. */
  answers?: RegExp;
  /** What it sends as `Host` instead of what the browser sent. */
  host?: string;
  /** Serves the platform below this path. */
  below?: string;
  /** Passes that path on. */
  keepsPath?: true;
  /** Ends connections on which nothing passed for so long, in ms. */
  idle?: number;
};

/** A small proxy in front of the platform. `address` is that of the widget. */
export const startProxy = async (platform: string, wrong: Wrong = {}) => {
  const { hostname, port } = new URL(platform);
  const { below = '' } = wrong;
  const sockets = new Set<Socket>();
  const pass = (given: IncomingMessage, dropped: readonly string[] = []) => {
    const { url = '/', method } = given;
    const headers: OutgoingHttpHeaders = { ...given.headers, 'x-forwarded-for': '203.0.113.7' };
    if (wrong.host) headers.host = wrong.host;
    for (const name of dropped) delete headers[name];
    const path = !wrong.keepsPath && url.startsWith(`${below}/`) ? url.slice(below.length) : url;
    return request({ host: hostname === 'localhost' ? '127.0.0.1' : hostname, port, path, method, headers });
  };
  const server = createServer((given, answer) => {
    if (wrong.answers?.test(given.url ?? '')) {
      answer.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><h1>Welcome!</h1>');
      return;
    }
    const passed = pass(given).on('error', () => answer.destroy());
    passed.on('response', (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers);
      found.pipe(answer);
    });
    given.pipe(passed);
  });
  server.on('upgrade', (given, socket: Socket, head) => {
    socket.on('error', () => socket.destroy());
    sockets.add(socket);
    const plainly = (status: number, type: string, body: string) =>
      socket.end(`HTTP/1.1 ${status} -\r\ncontent-type: ${type}\r\nconnection: close\r\n\r\n${body}`);
    if (wrong.answers?.test(given.url ?? '')) return plainly(200, 'text/html', '<!doctype html><h1>Welcome!</h1>');
    if (wrong.upgrades === false) {
      const passed = pass(given, ['upgrade', 'connection', 'sec-websocket-key', 'sec-websocket-version']);
      passed.on('response', async (found) => {
        let body = '';
        for await (const chunk of found) body += chunk;
        plainly(found.statusCode ?? 502, String(found.headers['content-type']), body);
      });
      return passed.on('error', () => socket.destroy()).end();
    }
    const passed = pass(given).on('error', () => socket.destroy());
    passed.on('response', (found) => plainly(found.statusCode ?? 502, 'text/plain', ''));
    passed.on('upgrade', (found, back: Socket, rest) => {
      const lines = found.rawHeaders.map((value, index) => (index % 2 ? `: ${value}\r\n` : value)).join('');
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines}\r\n`);
      if (rest.length) socket.write(rest);
      if (head.length) back.write(head);
      for (const end of [socket, back]) {
        end.on('error', () => end.destroy());
        if (wrong.idle) end.setTimeout(wrong.idle, () => end.destroy());
      }
      back.once('close', () => socket.destroy());
      socket.once('close', () => back.destroy());
      socket.pipe(back).pipe(socket);
    });
    return passed.end();
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}${below}/app`,
    close: () =>
      new Promise((done) => {
        for (const socket of sockets) socket.destroy();
        server.close(done);
        server.closeAllConnections();
      }),
  };
};
