import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import type { Config } from '../config.ts';

const loopback = '127.0.0.1';
/** An address that is reserved for documentation. Connecting a UDP socket to it sends no packet, but shows this machine's own address. */
const elsewhere = '192.0.2.1';

/** The IPv4 address from which this machine sends to others. `undefined` without a network. */
export const ownAddress = async (): Promise<string | undefined> => {
  const socket = createSocket('udp4');
  try {
    await new Promise<void>((resolve, reject) => {
      socket.once('error', reject);
      socket.connect(9, elsewhere, resolve);
    });
    return socket.address().address;
  } catch {
    // There is no route to other networks, but the machine may have an address all the same.
    const found = Object.values(networkInterfaces()).flatMap((each) => each ?? []);
    return found.find(({ family, internal, address }) => family === 'IPv4' && !internal && !/^169\.254\./.test(address))
      ?.address;
  } finally {
    socket.close();
  }
};

/**
 * Where media listens: as `MEDIA_LISTEN` says, else on the loopback address and, for Firefox, which uses none of those, on the machine's own.
 * With `MEDIA_ANNOUNCED` browsers are told another one anyway.
 */
export const mediaAddresses = async ({ MEDIA_LISTEN, MEDIA_ANNOUNCED }: Config): Promise<string[]> => {
  if (MEDIA_LISTEN.length) return MEDIA_LISTEN;
  const own = MEDIA_ANNOUNCED ? undefined : await ownAddress();
  return own ? [loopback, own] : [loopback];
};
