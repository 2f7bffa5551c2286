import { expect } from '@playwright/test';
import { type Host, openPartner, test } from './support/partnerPage.ts';

test('[2.1] without socket it connects when something needs it, and not before', async ({ page }) => {
  const sockets: string[] = [];
  page.on('websocket', (socket) => sockets.push(new URL(socket.url()).pathname));
  await openPartner(page);
  const connection = () => page.evaluate(() => (window as never as Host).peers[0]?.state.connection);
  await page.evaluate(async () => {
    const { RTCPeer: Peer, host, sign, peers } = window as never as Host;
    const peer = new Peer({ host, sign });
    peers.push(peer);
    await peer.ready;
  });
  expect(await connection()).toBe('idle');
  expect(sockets).toEqual([]);
  const { room } = await page.evaluate(async () => {
    const [peer] = (window as never as Host).peers;
    return (await peer?.getRoomById({ roomId: 1012 })) as { room: { id: number } };
  });
  expect(room.id).toBe(1012);
  expect(await connection()).toBe('connected');
  expect(sockets).toEqual(['/app/socket']);
});

test('[2.1] with socket it is connected from the start', async ({ page }) => {
  await openPartner(page);
  await page.evaluate(() => {
    const { RTCPeer: Peer, host, sign, peers } = window as never as Host;
    peers.push(new Peer({ host, sign, socket: true }));
  });
  await expect.poll(() => page.evaluate(() => (window as never as Host).peers[0]?.state.connection)).toBe('connected');
});
