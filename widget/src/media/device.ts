import { Device, detectDevice, type types } from 'mediasoup-client';
import { Chrome74 } from 'mediasoup-client/handlers/Chrome74';
import { Chrome111 } from 'mediasoup-client/handlers/Chrome111';
import { Firefox120 } from 'mediasoup-client/handlers/Firefox120';
import { Safari12 } from 'mediasoup-client/handlers/Safari12';
import { once } from '../once.ts';

type Direction = types.HandlerGetNativeRtpCapabilitiesOptions['direction'];

const handlers = { Chrome74, Chrome111, Firefox120, Safari12 };

const handlerFactory = (): types.HandlerFactory => {
  const name = detectDevice();
  if (!name || !(name in handlers)) throw new Error('mediasoup-client cannot use this browser.');
  return handlers[name as keyof typeof handlers].createFactory({});
};

const asked = (direction: Direction) =>
  once(async () => await handlerFactory().getNativeRtpCapabilities({ direction }));
/** RTP capabilities of this browser. Read only once, because the browser starts its media engine and makes an unused connection for that. */
const able: Record<Direction, () => Promise<types.RtpCapabilities>> = {
  recvonly: asked('recvonly'),
  sendonly: asked('sendonly'),
};

/** mediasoup-client's device for this browser. Throws where there is none. */
export const makeDevice = (): types.Device =>
  new Device({
    handlerFactory: { ...handlerFactory(), getNativeRtpCapabilities: ({ direction }) => able[direction]() },
  });

/** Reads the capabilities in advance, so that loading a device is quick. */
export const warmUp = async (): Promise<void> => {
  await Promise.all([able.recvonly(), able.sendonly()]);
};
