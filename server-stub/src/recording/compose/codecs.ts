/** Assembles the payloads of the RTP packets of one video frame into the form that decoders expect. */

type Frame = {
  data: Buffer;
  isKey: boolean;
  /** Names the size and the other parameters of a key frame: a decoder's output has the same size for as long as it stays. */
  shape?: string;
};
/** @returns `undefined` for what cannot be a frame */
type Assemble = (payloads: readonly Buffer[]) => Frame | undefined;

/** RFC 7741 */
const vp8: Assemble = (payloads) => {
  const parts = payloads.map((payload) => {
    const first = payload[0] ?? 0;
    if (!(first & 0x80)) return payload.subarray(1);
    const flags = payload[1] ?? 0;
    let start = 2;
    if (flags & 0x80) start += (payload[start] ?? 0) & 0x80 ? 2 : 1;
    if (flags & 0x40) start++;
    if (flags & 0x30) start++;
    return payload.subarray(start);
  });
  const data = Buffer.concat(parts);
  const head = payloads[0]?.[0] ?? 0;
  if (!(head & 0x10) || (head & 0x07) !== 0 || data.length < 3) return undefined;
  const isKey = ((data[0] ?? 1) & 1) === 0;
  if (!isKey) return { data, isKey };
  if (data.length < 10) return undefined;
  return { data, isKey, shape: `${data.readUInt16LE(6) & 0x3fff}x${data.readUInt16LE(8) & 0x3fff}` };
};

/** RFC 9628. The spatial layers of one frame stay one after the other. */
const vp9: Assemble = (payloads) => {
  let isKey = false;
  let shape: string | undefined;
  const parts = payloads.map((payload, index) => {
    const flags = payload[0] ?? 0;
    const [hasId, isInter, hasLayer, isFlexible, , , hasStructure] = [0x80, 0x40, 0x20, 0x10, 0x08, 0x04, 0x02].map(
      (bit) => (flags & bit) !== 0,
    );
    let at = 1;
    if (hasId) at += (payload[at] ?? 0) & 0x80 ? 2 : 1;
    if (hasLayer) at += isFlexible ? 1 : 2;
    if (isFlexible && isInter) while ((payload[at++] ?? 0) & 1);
    if (hasStructure) {
      const head = payload[at++] ?? 0;
      const layers = (head >> 5) + 1;
      if (head & 0x10) {
        shape = payload.toString('hex', at, at + layers * 4);
        at += layers * 4;
      }
      if (head & 0x08) for (let left = payload[at++] ?? 0; left > 0; left--) at += 1 + (((payload[at] ?? 0) >> 2) & 3);
    }
    if (index === 0) isKey = !isInter && (flags & 0x08) !== 0;
    return payload.subarray(at);
  });
  const data = Buffer.concat(parts);
  if (data.length === 0) return undefined;
  return { data, isKey, ...(isKey ? { shape: shape ?? 'vp9' } : {}) };
};

const startCode = Buffer.from([0, 0, 0, 1]);

/** RFC 6184, packetization mode 1 */
const h264: Assemble = (payloads) => {
  const units: Buffer[] = [];
  let fragments: Buffer[] | undefined;
  for (const payload of payloads) {
    const type = (payload[0] ?? 0) & 0x1f;
    if (type >= 1 && type <= 23) units.push(payload);
    else if (type === 24)
      for (let at = 1; at + 2 <= payload.length; ) {
        const size = payload.readUInt16BE(at);
        units.push(payload.subarray(at + 2, at + 2 + size));
        at += 2 + size;
      }
    else if (type === 28 && payload.length > 2) {
      const head = payload[1] ?? 0;
      if (head & 0x80) fragments = [Buffer.from([((payload[0] ?? 0) & 0xe0) | (head & 0x1f)])];
      if (!fragments) return undefined;
      fragments.push(payload.subarray(2));
      if (!(head & 0x40)) continue;
      units.push(Buffer.concat(fragments));
      fragments = undefined;
    }
  }
  const found = units.filter(({ length }) => length > 0);
  if (fragments || found.length === 0) return undefined;
  const parameters = found.find((unit) => ((unit[0] ?? 0) & 0x1f) === 7);
  const isKey = parameters !== undefined && found.some((unit) => ((unit[0] ?? 0) & 0x1f) === 5);
  const data = Buffer.concat(found.flatMap((unit) => [startCode, unit]));
  return { data, isKey, ...(isKey ? { shape: parameters.toString('hex') } : {}) };
};

const leb128 = (value: number): Buffer => {
  const bytes: number[] = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value = Math.floor(value / 128);
  } while (value > 0);
  return Buffer.from(bytes);
};

const readLeb128 = (from: Buffer, at: number): { value: number; next: number } => {
  let value = 0;
  let next = at;
  for (let shift = 0; shift < 8; shift++) {
    const byte = from[next++] ?? 0;
    value += (byte & 0x7f) * 2 ** (shift * 7);
    if (!(byte & 0x80)) break;
  }
  return { value, next };
};

/** RTP Payload Format for AV1, version 1.0 */
const av1: Assemble = (payloads) => {
  const units: Buffer[] = [];
  let torn: Buffer | undefined;
  for (const payload of payloads) {
    const head = payload[0] ?? 0;
    const count = (head >> 4) & 3;
    const isContinued = (head & 0x80) !== 0;
    if (isContinued !== (torn !== undefined)) return undefined;
    const elements: Buffer[] = [];
    for (let at = 1; at < payload.length; ) {
      const isLast = count !== 0 && elements.length === count - 1;
      const { value, next } = isLast ? { value: payload.length - at, next: at } : readLeb128(payload, at);
      elements.push(payload.subarray(next, next + value));
      at = next + value;
    }
    if (torn && elements[0]) elements[0] = Buffer.concat([torn, elements[0]]);
    torn = head & 0x40 ? elements.pop() : undefined;
    units.push(...elements);
  }
  if (torn || units.length === 0) return undefined;
  const typeOf = (unit: Buffer): number => ((unit[0] ?? 0) >> 3) & 15;
  // Temporal delimiters (2), tile lists (8) and padding (15) are not sent in RTP; each unit gets a size field.
  const kept = units.filter((unit) => unit.length > 0 && ![2, 8, 15].includes(typeOf(unit)));
  const sized = kept.flatMap((unit) => {
    const first = unit[0] ?? 0;
    if (first & 0x02) return [unit];
    const start = first & 0x04 ? 2 : 1;
    return [Buffer.from([first | 0x02]), unit.subarray(1, start), leb128(unit.length - start), unit.subarray(start)];
  });
  const sequence = kept.find((unit) => typeOf(unit) === 1);
  const isKey = sequence !== undefined;
  const data = Buffer.concat([Buffer.from([0x12, 0]), ...sized]);
  return { data, isKey, ...(isKey ? { shape: sequence.toString('hex') } : {}) };
};

/** What a video codec needs here; the fourcc is that of IVF, the decoder that of ffmpeg. */
export const videoCodecs: Record<string, { assemble: Assemble; fourcc: string; decoder: string }> = {
  'video/vp8': { assemble: vp8, fourcc: 'VP80', decoder: 'vp8' },
  // ffmpeg's own decoder takes one layer at a time.
  'video/vp9': { assemble: vp9, fourcc: 'VP90', decoder: 'libvpx-vp9' },
  'video/h264': { assemble: h264, fourcc: 'H264', decoder: 'h264' },
  'video/av1': { assemble: av1, fourcc: 'AV01', decoder: 'libdav1d' },
};
