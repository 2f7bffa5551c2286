/** What is needed of an RTP packet (RFC 3550). `level` in dBov, `undefined` where the packet has none (RFC 6464). */
export type Packet = { sequence: number; timestamp: number; level: number | undefined; payload: Buffer };

const oneByte = 0xbede;

/** The level in a block of header extensions of one or two bytes (RFC 8285). */
const levelOf = (profile: number, block: Buffer, id: number): number | undefined => {
  const isShort = profile === oneByte;
  if (!isShort && profile >> 4 !== 0x100) return undefined;
  for (let at = 0; at < block.length; ) {
    const first = block[at++] as number;
    if (first === 0) continue;
    const [found, size] = isShort ? [first >> 4, (first & 15) + 1] : [first, block[at++] ?? 0];
    if (isShort && found === 15) return undefined;
    if (found === id && size > 0 && at < block.length) return -((block[at] as number) & 0x7f);
    at += size;
  }
  return undefined;
};

/** Reads a packet; `undefined` for what is none. `levelId`: id of the header extension with the level. */
export const readPacket = (bytes: Buffer, levelId: number | undefined): Packet | undefined => {
  if (bytes.length < 12 || bytes.readUInt8(0) >> 6 !== 2) return undefined;
  const first = bytes.readUInt8(0);
  let start = 12 + 4 * (first & 15);
  let level: number | undefined;
  if (first & 0x10) {
    if (bytes.length < start + 4) return undefined;
    const end = start + 4 + 4 * bytes.readUInt16BE(start + 2);
    if (levelId !== undefined) level = levelOf(bytes.readUInt16BE(start), bytes.subarray(start + 4, end), levelId);
    start = end;
  }
  const padding = first & 0x20 ? bytes.readUInt8(bytes.length - 1) : 0;
  if (start > bytes.length - padding) return undefined;
  return {
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    level,
    payload: bytes.subarray(start, bytes.length - padding),
  };
};
