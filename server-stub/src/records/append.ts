import { open, stat } from 'node:fs/promises';
import { fail } from '../errors.ts';

/** Bytes that a file has; 0 where there is none. */
export const sizeOf = async (path: string): Promise<number> => (await stat(path).catch(() => undefined))?.size ?? 0;

/** @throws RTCPeerError `CONFLICT` with `details.offset` where a part does not begin where a file of `size` bytes ends */
export const requireEnd = (offset: number, size: number): void => {
  if (offset !== size) fail('CONFLICT', `The next part begins at ${size}.`, { offset: size });
};

/**
 * Writes to a file from `offset` on, as the bytes arrive; resolves with its size when they are on the disk. Bytes that arrived
 * before a connection was lost are kept.
 *
 * @param most bytes that the file may have. If more arrive, all bytes of this call are discarded.
 */
export const append = async (
  path: string,
  bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { offset, most }: { offset: number; most: number },
): Promise<number> => {
  const file = await open(path, 'r+');
  let size = offset;
  try {
    for await (const piece of bytes) {
      if (size + piece.length > most) {
        await file.truncate(offset);
        fail('INVALID_ARGUMENT', 'The body has more bytes than were announced.', {
          field: 'body',
          expected: `at most ${most - offset} bytes`,
        });
      }
      await file.write(piece, 0, piece.length, size);
      size += piece.length;
    }
  } finally {
    await file.datasync().finally(() => file.close());
  }
  return size;
};
