import { open } from 'node:fs/promises';
import { imageSize } from 'image-size';

/** Bytes from the beginning of a file in which a picture's size is looked for. */
const looked = 512 * 1024;
/** Pixels of a side at most: what no browser shows is no picture here. */
const longestSide = 32_767;
/** JPEG pictures with such an orientation lie on their side. */
const firstOnSide = 5;

/** How files begin, in hexadecimal digits, that browsers show and that cannot contain a script. */
const beginnings: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/gif', /^474946383[79]61/],
  ['image/webp', /^52494646.{8}57454250/],
];

export type Kind = { type: string; width: number | null; height: number | null };
export const other: Kind = { type: 'application/octet-stream', width: null, height: null };

/** What a file is by its beginning: one of four kinds of pictures with its size, or something else. */
export const kindOf = (beginning: Uint8Array): Kind => {
  const text = Buffer.from(beginning.subarray(0, 12)).toString('hex');
  const type = beginnings.find(([, pattern]) => pattern.test(text))?.[0];
  if (!type) return other;
  try {
    const { width, height, orientation = 1 } = imageSize(beginning);
    const isShown = [width, height].every((side) => Number.isInteger(side) && side >= 1 && side <= longestSide);
    if (!isShown) return other;
    return orientation < firstOnSide ? { type, width, height } : { type, width: height, height: width };
  } catch {
    return other;
  }
};

export const kindOfFile = async (path: string): Promise<Kind> => {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(looked) });
    return kindOf(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
};
