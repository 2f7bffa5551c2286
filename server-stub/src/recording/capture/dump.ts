import { type FileHandle, open } from 'node:fs/promises';

/**
 * Appends packets to a file in the format of rtpdump, which Wireshark opens, too. Packets are written in batches, each whole; what is
 * torn by a crash is the last one at most.
 */
export class Dump {
  readonly #file: Promise<FileHandle>;
  readonly #startedAt: number;
  #waiting: Buffer[] = [];
  #writing: Promise<void> = Promise.resolve();
  #isDirty = false;
  /** Bytes that wait to be written. */
  held = 0;

  constructor(path: string, startedAt: number) {
    this.#startedAt = startedAt;
    this.#file = open(path, 'a', 0o600);
    this.#file.catch(() => undefined);
    const head = Buffer.alloc(16);
    head.writeUInt32BE(Math.floor(startedAt / 1000), 0);
    head.writeUInt32BE(Math.floor((startedAt % 1000) * 1000), 4);
    head.writeUInt32BE(0x7f000001, 8);
    this.#push(Buffer.from('#!rtpplay1.0 127.0.0.1/0\n'), head);
  }

  /** `at`: ms since 1970. */
  add(packet: Buffer, at: number, isRtcp: boolean): void {
    const head = Buffer.allocUnsafe(8);
    head.writeUInt16BE(packet.length + 8, 0);
    head.writeUInt16BE(isRtcp ? 0 : packet.length, 2);
    head.writeUInt32BE(Math.max(0, Math.round(at - this.#startedAt)), 4);
    this.#push(head, packet);
  }

  /** Writes what waits. @throws what the file system says */
  write(): Promise<void> {
    const batch = this.#waiting;
    if (batch.length === 0) return this.#writing;
    this.#waiting = [];
    this.#writing = this.#writing.then(async () => {
      const bytes = Buffer.concat(batch);
      await (await this.#file).appendFile(bytes);
      this.held -= bytes.length;
      this.#isDirty = true;
    });
    this.#writing.catch(() => undefined);
    return this.#writing;
  }

  /** Makes sure that what was written survives a loss of power. */
  async sync(): Promise<void> {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    await (await this.#file).datasync();
  }

  async close(): Promise<void> {
    const file = await this.#file;
    try {
      await this.write();
      await this.sync();
    } finally {
      await file.close();
    }
  }

  #push(...parts: Buffer[]): void {
    for (const part of parts) {
      this.#waiting.push(part);
      this.held += part.length;
    }
  }
}
