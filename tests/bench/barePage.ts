import { Device, type types } from 'mediasoup-client';

/** Sends and receives one video with mediasoup-client alone: the lower bound for the time to the first video frame. */
const call = async <T>(step: string, input: object = {}): Promise<T> => {
  const answer = await fetch(`/${step}`, { method: 'POST', body: JSON.stringify(input) });
  if (!answer.ok) throw new Error(await answer.text());
  return answer.json();
};

const load = async (): Promise<Device> => {
  const device = new Device();
  await device.load({ routerRtpCapabilities: await call<types.RtpCapabilities>('capabilities') });
  return device;
};

const connecting = (transport: types.Transport): void => {
  transport.on('connect', ({ dtlsParameters }, done, failed) => {
    call('connect', { id: transport.id, dtlsParameters }).then(done, failed);
  });
};

const bare = {
  async send(): Promise<void> {
    const device = await load();
    const stream = await navigator.mediaDevices.getUserMedia({ video: { width: 640, height: 360 } });
    const transport = device.createSendTransport(await call<types.TransportOptions>('transport'));
    connecting(transport);
    transport.on('produce', ({ rtpParameters }, done, failed) => {
      call<{ id: string }>('produce', { id: transport.id, rtpParameters }).then(done, failed);
    });
    await transport.produce({ track: stream.getVideoTracks()[0] });
  },
  /** Milliseconds from loading the device to the first decoded video frame. */
  async receive(): Promise<number> {
    const started = performance.now();
    const device = await load();
    const transport = device.createRecvTransport(await call<types.TransportOptions>('transport'));
    connecting(transport);
    const { id, track } = await transport.consume(
      await call<types.ConsumerOptions>('consume', { id: transport.id, rtpCapabilities: device.recvRtpCapabilities }),
    );
    const video = document.createElement('video');
    video.muted = video.autoplay = true;
    video.srcObject = new MediaStream([track]);
    document.body.append(video);
    const first = new Promise<number>((resolve) => video.requestVideoFrameCallback(() => resolve(performance.now())));
    await call('resume', { id });
    return (await first) - started;
  },
};

export type Bare = typeof bare;
Object.assign(window, { bare });
