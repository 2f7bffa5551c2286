import { Device } from 'mediasoup-client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as werift from 'werift';
import { type Json, startTestServer, type TestServer } from '../testing/harness.ts';

let server: TestServer;
beforeAll(async () => {
  // mediasoup-client, as in the widget, over an implementation of WebRTC that runs without a browser.
  Object.assign(globalThis, {
    RTCPeerConnection: werift.RTCPeerConnection,
    MediaStream: werift.MediaStream,
    MediaStreamTrack: werift.MediaStreamTrack,
  });
  server = await startTestServer();
});
afterAll(() => server.close());

const join = async (username: string) => {
  const client = await server.client();
  const device = await Device.factory({ handlerName: 'Chrome111' });
  await device.load({ routerRtpCapabilities: client.hello.rtpCapabilities });
  const { client: self, media } = await client.call('meeting.enter', {
    roomId: 1012,
    username,
    rtpCapabilities: device.recvRtpCapabilities,
  });
  const send = device.createSendTransport(media.send);
  const receive = device.createRecvTransport(media.receive);
  for (const transport of [send, receive]) {
    transport.on('connect', ({ dtlsParameters }, done, failed) => {
      client.call('media.connect', { transportId: transport.id, dtlsParameters }).then(() => done(), failed);
    });
  }
  send.on('produce', ({ kind, rtpParameters }, done, failed) => {
    client
      .call('media.produce', { source: 'mic', kind, rtpParameters })
      .then(({ producerId }) => done({ id: producerId }), failed);
  });
  return { client, self, send, receive };
};

test('[3.8] real packets: sound arrives, and none while muted, whatever the client sends', async () => {
  const one = await join('One');
  const two = await join('Two');
  const track = new werift.MediaStreamTrack({ kind: 'audio' });
  await one.send.produce({ track: track as never, stopTracks: false });
  let sequence = 0;
  const talking = setInterval(() => {
    const header = new werift.RtpHeader({
      payloadType: 111,
      sequenceNumber: sequence & 0xffff,
      timestamp: sequence * 960,
      ssrc: 1,
    });
    sequence++;
    track.writeRtp(new werift.RtpPacket(header, Buffer.alloc(80, 7)));
  }, 20);
  try {
    const offered = (await two.client.event('media.consumers')).consumers[0] as Json;
    const consumer = await two.receive.consume({ ...offered, kind: 'audio' } as never);
    let heard = 0;
    (consumer.track as unknown as werift.MediaStreamTrack).onReceiveRtp.subscribe(() => heard++);
    await two.client.call('media.resumeConsumers', { consumerIds: [consumer.id] });
    await expect.poll(() => heard, { timeout: 5000 }).toBeGreaterThan(10);
    await one.client.call('meeting.updateMute', { isMute: true });
    await new Promise((done) => setTimeout(done, 100));
    const before = heard;
    await new Promise((done) => setTimeout(done, 500));
    expect(heard).toBe(before);
    await one.client.call('meeting.updateMute', { isMute: false });
    await expect.poll(() => heard, { timeout: 3000 }).toBeGreaterThan(before + 10);
  } finally {
    clearInterval(talking);
    one.send.close();
    two.receive.close();
  }
});
