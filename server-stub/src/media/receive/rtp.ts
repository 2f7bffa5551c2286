/** Reading RTP (RFC 3550) and header extensions (RFC 8285), and writing the RTCP that a receiver sends. */

/** Whether a packet that came over one port for both is RTCP (RFC 5761). */
export const isRtcp = (packet: Buffer): boolean => {
  const type = packet[1] ?? 0;
  return type >= 192 && type <= 223;
};

export type RtpPacket = {
  sequence: number;
  timestamp: number;
  ssrc: number;
  payloadType: number;
  /** The last packet of a video frame. */
  marker: boolean;
  payload: Buffer;
  /** Value of a header extension by its id. */
  extension(id: number | undefined): Buffer | undefined;
};

/** @returns `undefined` for what is no valid RTP */
export const parseRtp = (packet: Buffer): RtpPacket | undefined => {
  if (packet.length < 12) return undefined;
  const first = packet.readUInt8(0);
  if (first >> 6 !== 2) return undefined;
  let start = 12 + (first & 0x0f) * 4;
  let extensions: { profile: number; from: number; to: number } | undefined;
  if (first & 0x10) {
    if (packet.length < start + 4) return undefined;
    const from = start + 4;
    const to = from + packet.readUInt16BE(start + 2) * 4;
    extensions = { profile: packet.readUInt16BE(start), from, to };
    start = to;
  }
  const padding = first & 0x20 ? packet.readUInt8(packet.length - 1) : 0;
  if (start > packet.length - padding) return undefined;
  const second = packet.readUInt8(1);
  return {
    sequence: packet.readUInt16BE(2),
    timestamp: packet.readUInt32BE(4),
    ssrc: packet.readUInt32BE(8),
    payloadType: second & 0x7f,
    marker: second >= 0x80,
    payload: packet.subarray(start, packet.length - padding),
    extension(id) {
      if (!extensions || id === undefined) return undefined;
      const isShort = extensions.profile === 0xbede;
      if (!isShort && extensions.profile >> 4 !== 0x100) return undefined;
      const block = packet.subarray(extensions.from, extensions.to);
      for (let at = 0; at < block.length; ) {
        const head = block[at++] ?? 0;
        if (head === 0) continue;
        const [found, size] = isShort ? [head >> 4, (head & 0x0f) + 1] : [head, block[at++] ?? 0];
        if (isShort && found === 15) return undefined;
        if (found === id) return at + size <= block.length ? block.subarray(at, at + size) : undefined;
        at += size;
      }
      return undefined;
    },
  };
};

/** Level of the audio in dBov, −127 to 0, where the packet has it (RFC 6464). `id`: of the header extension. */
export const levelOf = (packet: RtpPacket, id: number | undefined): number | undefined => {
  const value = packet.extension(id)?.[0];
  return value === undefined ? undefined : -(value & 0x7f);
};

/** Difference of two counters of so many bits that wrap, from `before` to `after`. */
export const distance = (before: number, after: number, bits: 16 | 32): number => {
  const range = 2 ** bits;
  const forward = (((after - before) % range) + range) % range;
  return forward < range / 2 ? forward : forward - range;
};

/** Continues a counter that wraps, so that it grows beyond its bits. */
export const unwrapper = (bits: 16 | 32): ((value: number) => number) => {
  let last: number | undefined;
  return (value) => {
    last = last === undefined ? value : last + distance(((last % 2 ** bits) + 2 ** bits) % 2 ** bits, value, bits);
    return last;
  };
};

export type SenderReport = {
  ssrc: number;
  /** The sender's clock, in ms since 1970. */
  time: number;
  timestamp: number;
  /** The report alone, as an RTCP packet of its own. */
  packet: Buffer;
};

/** The sender reports in a compound RTCP packet. */
export const senderReports = (compound: Buffer): SenderReport[] => {
  const reports: SenderReport[] = [];
  for (let at = 0; at + 8 <= compound.length; ) {
    const end = at + 4 + compound.readUInt16BE(at + 2) * 4;
    if (end > compound.length) break;
    if (compound.readUInt8(at + 1) === 200 && end - at >= 28) {
      const seconds = compound.readUInt32BE(at + 8) - 2_208_988_800;
      reports.push({
        ssrc: compound.readUInt32BE(at + 4),
        time: seconds * 1000 + (compound.readUInt32BE(at + 12) / 2 ** 32) * 1000,
        timestamp: compound.readUInt32BE(at + 16),
        packet: compound.subarray(at, end),
      });
    }
    at = end;
  }
  return reports;
};

const feedback = (type: number, format: number, ssrc: number, rest: Buffer): Buffer => {
  const head = Buffer.alloc(12);
  head.writeUInt8(0x80 | format, 0);
  head.writeUInt8(type, 1);
  head.writeUInt16BE(2 + rest.length / 4, 2);
  head.writeUInt32BE(1, 4);
  head.writeUInt32BE(ssrc, 8);
  return Buffer.concat([head, rest]);
};

/** Asks for a key frame (RFC 4585, 6.3.1). */
export const pictureLoss = (ssrc: number): Buffer => feedback(206, 1, ssrc, Buffer.alloc(0));

/** Asks for lost packets again (RFC 4585, 6.2.1). `lost`: their sequence numbers, ascending. */
export const nack = (ssrc: number, lost: readonly number[]): Buffer => {
  const items: [first: number, more: number][] = [];
  for (const sequence of lost) {
    const item = items.at(-1);
    const after = item ? distance(item[0], sequence, 16) : 0;
    if (item && after >= 1 && after <= 16) item[1] |= 1 << (after - 1);
    else items.push([sequence, 0]);
  }
  const rest = Buffer.alloc(items.length * 4);
  for (const [index, [first, more]] of items.entries()) {
    rest.writeUInt16BE(first, index * 4);
    rest.writeUInt16BE(more, index * 4 + 2);
  }
  return feedback(205, 1, ssrc, rest);
};
