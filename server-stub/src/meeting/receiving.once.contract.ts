import { expect, test } from 'vitest';
import { type Json, opus, type TestClient, vp8 } from '../testing/harness.ts';
import { inRooms, roomId, server, withMedia } from '../testing/meetings.ts';

inRooms();

const changesOf = ({ client }: { client: TestClient }, id: number): Json[] =>
  client.events
    .filter(({ method }) => method === 'roster')
    .flatMap(({ changed }) => changed as Json[])
    .filter((each) => each.client.id === id);

test('[3.23] who goes on with audio only receives no video and sends none, and the others learn of both at once', async () => {
  const [one, two] = [await withMedia('One'), await withMedia('Two')];
  for (const { client } of [one, two])
    await client.call('media.produce', { source: 'camera', kind: 'video', rtpParameters: vp8('v') });
  await one.client.call('media.produce', { source: 'mic', kind: 'audio', rtpParameters: opus(1111) });
  const tileOf = (clientId: number) => ({ tiles: [{ clientId, source: 'camera', maxSide: 300 }] });
  await one.client.call('media.setReceive', tileOf(two.id));
  await two.client.call('media.setReceive', tileOf(one.id));
  const isCamera = (event: Json) => event.consumers.some((each: Json) => each.source === 'camera');
  const [received] = (await one.client.event('media.consumers', isCamera)).consumers;
  const seen = (await two.client.event('media.consumers', isCamera)).consumers.find(
    (each: Json) => each.source === 'camera',
  );
  await expect.poll(() => changesOf(two, one.id).some(({ audio }) => audio)).toBe(true);
  const before = changesOf(two, one.id).length;

  await one.client.call('media.setReceive', { ...tileOf(two.id), audioOnly: true });
  expect((await one.client.event('media.consumersClosed')).consumerIds).toEqual([received.id]);
  await two.client.event('media.consumerPaused', (event) => event.consumerId === seen.id && event.paused);
  await expect.poll(() => changesOf(two, one.id).length).toBe(before + 1);
  expect(changesOf(two, one.id).at(-1)).toMatchObject({ video: false, audioOnly: true });
  const late = await server.client();
  const { more } = await late.call('meeting.enter', { roomId, username: 'Late' });
  expect(more.find(({ id }: Json) => id === one.id)).toMatchObject({ audio: true, audioOnly: true });

  await one.client.call('media.setReceive', tileOf(two.id));
  await one.client.call('media.setPaused', { source: 'camera', paused: false });
  await expect.poll(() => changesOf(two, one.id).at(-1)).toMatchObject({ video: true, audioOnly: false });
});

test('[3.40] the layer that a receiver asks for counts, whatever the size of its tile, and senders are told the highest one', async () => {
  const [one, two, three] = [await withMedia('One'), await withMedia('Two'), await withMedia('Three')];
  const video = { source: 'camera', kind: 'video', rtpParameters: vp8('v') };
  const { producerId } = await one.client.call('media.produce', video);
  const ask = (who: typeof two, tile: object) =>
    who.client.call('media.setReceive', { tiles: [{ clientId: one.id, source: 'camera', ...tile }] });
  const told = (maxLayer: number) =>
    one.client.event('media.layers', (event) => event.producerId === producerId && event.maxLayer === maxLayer);
  // Less than all is told after five seconds.
  await ask(two, { maxSide: 1920, layer: 0 });
  await told(0);
  await ask(three, { maxSide: 100, layer: 1 });
  await told(1);
  await ask(three, { maxSide: 1920 });
  await told(2);
});
