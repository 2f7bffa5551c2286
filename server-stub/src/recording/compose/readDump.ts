import { createReadStream } from 'node:fs';

/** A packet of a dump. `at`: when it arrived, ms since 1970. */
export type Dumped = { at: number; isRtcp: boolean; packet: Buffer };

/** Reads an rtpdump file packet by packet. A torn packet at its end, as a crash leaves, is left out. */
export async function* readDump(path: string): AsyncGenerator<Dumped> {
  let rest: Buffer = Buffer.alloc(0);
  let startedAt: number | undefined;
  for await (const part of createReadStream(path, { highWaterMark: 1024 * 1024 })) {
    rest = rest.length ? Buffer.concat([rest, part as Buffer]) : (part as Buffer);
    let at = 0;
    if (startedAt === undefined) {
      const line = rest.indexOf(10);
      if (line === -1 || rest.length < line + 17) continue;
      startedAt = rest.readUInt32BE(line + 1) * 1000 + rest.readUInt32BE(line + 5) / 1000;
      at = line + 17;
    }
    while (at + 8 <= rest.length) {
      const length = rest.readUInt16BE(at);
      if (length < 8) return;
      if (at + length > rest.length) break;
      yield {
        at: startedAt + rest.readUInt32BE(at + 4),
        isRtcp: rest.readUInt16BE(at + 2) === 0,
        packet: rest.subarray(at + 8, at + length),
      };
      at += length;
    }
    rest = rest.subarray(at);
  }
}
