import { createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { crc32 } from 'node:zlib';

const magicCookie = 0x2112a442;
const bindingRequest = 0x0001;
const bindingSuccess = 0x0101;
const attribute = {
  username: 0x0006,
  messageIntegrity: 0x0008,
  priority: 0x0024,
  fingerprint: 0x8028,
  iceControlling: 0x802a,
};
const fingerprintMask = 0x5354554e;
/** How long to wait before a request is sent again over UDP, which may lose packets, in ms. */
const resendEvery = 250;

const encoded = (type: number, value: Buffer): Buffer => {
  const head = Buffer.alloc(4);
  head.writeUInt16BE(type, 0);
  head.writeUInt16BE(value.length, 2);
  return Buffer.concat([head, value, Buffer.alloc((4 - (value.length % 4)) % 4)]);
};

const withLength = (message: Buffer, length: number): Buffer => {
  const copy = Buffer.from(message);
  copy.writeUInt16BE(length, 2);
  return copy;
};

/** A connectivity check of ICE (RFC 8445, 7.2.2) for an agent with these credentials. */
const connectivityCheck = ({ usernameFragment, password }: { usernameFragment: string; password: string }): Buffer => {
  const head = Buffer.alloc(8);
  head.writeUInt16BE(bindingRequest, 0);
  head.writeUInt32BE(magicCookie, 4);
  const priority = Buffer.alloc(4);
  priority.writeUInt32BE(0x6e7f1eff);
  const body = Buffer.concat([
    head,
    randomBytes(12),
    encoded(attribute.username, Buffer.from(`${usernameFragment}:${randomBytes(4).toString('hex')}`)),
    encoded(attribute.priority, priority),
    encoded(attribute.iceControlling, randomBytes(8)),
  ]);
  // Each of the last two attributes is computed over everything before it, with a message length that already includes it.
  const mac = createHmac('sha1', password)
    .update(withLength(body, body.length - 20 + 24))
    .digest();
  const signed = Buffer.concat([body, encoded(attribute.messageIntegrity, mac)]);
  const complete = withLength(signed, signed.length - 20 + 8);
  const checksum = Buffer.alloc(4);
  checksum.writeUInt32BE((crc32(complete) ^ fingerprintMask) >>> 0);
  return Buffer.concat([complete, encoded(attribute.fingerprint, checksum)]);
};

const answers = (message: Buffer, request: Buffer): boolean =>
  message.length >= 20 &&
  message.readUInt16BE(0) === bindingSuccess &&
  message.subarray(4, 20).equals(request.subarray(4, 20));

export type Target = {
  protocol: 'udp' | 'tcp';
  /** True for an IP address or a host name. */
  address: string;
  port: number;
  credentials: { usernameFragment: string; password: string };
};

/** True when an ICE agent at that address answers within `wait` ms. Never rejects. */
export const reaches = async ({ protocol, address, port, credentials }: Target, wait: number): Promise<boolean> => {
  const found = await lookup(address).catch(() => undefined);
  if (!found) return false;
  const request = connectivityCheck(credentials);
  return await new Promise<boolean>((resolve) => {
    let stop = (): void => undefined;
    const settle = (reached: boolean): void => {
      clearTimeout(timeout);
      stop();
      resolve(reached);
    };
    const timeout = setTimeout(() => settle(false), wait);
    stop = (protocol === 'udp' ? askUdp : askTcp)({ ...found, port, request }, settle);
  });
};

type Ask = (
  where: { address: string; family: number; port: number; request: Buffer },
  settle: (reached: boolean) => void,
) => () => void;

const askUdp: Ask = ({ address, family, port, request }, settle) => {
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  const send = () => socket.send(request, port, address, (error) => error && settle(false));
  const resending = setInterval(send, resendEvery);
  socket.on('message', (message) => answers(message, request) && settle(true));
  socket.on('error', () => settle(false));
  send();
  let closed = false;
  return () => {
    clearInterval(resending);
    if (!closed) socket.close();
    closed = true;
  };
};

/** Over TCP each message is preceded by its length (RFC 4571). */
const askTcp: Ask = ({ address, port, request }, settle) => {
  const socket = connect({ host: address, port });
  let received = Buffer.alloc(0);
  socket.on('connect', () => {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(request.length);
    socket.write(Buffer.concat([length, request]));
  });
  socket.on('data', (data) => {
    received = Buffer.concat([received, data]);
    if (received.length < 2 || received.length < 2 + received.readUInt16BE(0)) return;
    settle(answers(received.subarray(2), request));
  });
  socket.on('error', () => settle(false));
  socket.on('close', () => settle(false));
  return () => socket.destroy();
};
