import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A proxy to a port of this machine that can stop forwarding: connections stay open, but no data arrives any more. */
export const makeHole = async (port: number) => {
  const sockets = new Set<Socket>();
  let open = true;
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('data', (data) => open && to.write(data));
      from.on('error', () => undefined);
      from.on('close', () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as { port: number }).port,
    swallow(): void {
      open = false;
    },
    heal(): void {
      open = true;
    },
    close(): void {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
};
