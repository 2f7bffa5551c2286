import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket, WebSocketServer } from 'ws';
import { cutOffSlowest } from './unsent.ts';

const mebibyte = 1024 * 1024;
const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
afterEach(() => server.close());

test('of clients that do not read those are cut off that have most to read, and no more than is needed', async () => {
  const { port } = server.address() as AddressInfo;
  const open = async (unread: number) => {
    const client = new WebSocket(`ws://127.0.0.1:${port}`);
    const [socket] = (await once(server, 'connection')) as [WebSocket];
    await once(client, 'open');
    client.pause();
    if (unread) socket.send(Buffer.alloc(unread * mebibyte));
    return { client, socket };
  };
  // More than what the kernel takes from a socket that nobody reads.
  const [most, much, none] = [await open(60), await open(30), await open(0)];
  const total = (): number => [...server.clients].reduce((sum, { bufferedAmount }) => sum + bufferedAmount, 0);
  expect(total()).toBeGreaterThan(70 * mebibyte);

  cutOffSlowest(server.clients, 70 * mebibyte);
  await once(most.socket, 'close');
  expect([...server.clients]).toEqual([much.socket, none.socket]);
  expect(total()).toBeLessThan(35 * mebibyte);
  cutOffSlowest(server.clients, 70 * mebibyte);
  expect(server.clients.size).toBe(2);
  for (const { client } of [most, much, none]) client.terminate();
});
