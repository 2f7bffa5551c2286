import { open } from 'node:fs/promises';
import { imageSize } from 'image-size';

/** How many bytes at the beginning of a file are searched for the size of an image. */
const looked = 512 * 1024;
/** Longest side in pixels: browsers do not show larger images, so these count as other files. */
const longestSide = 32_767;
/** From this EXIF orientation on, an image lies on its side, so width and height are swapped. */
const firstOnSide = 5;

/** First bytes, in hexadecimal digits, of the image formats that browsers show and that cannot contain a script. */
const beginnings: readonly (readonly [type: string, pattern: RegExp])[] = [
  ['image/png', /^89504e470d0a1a0a/],
  ['image/jpeg', /^ffd8ff/],
  ['image/gif', /^474946383[79]61/],
  ['image/webp', /^52494646.{8}57454250/],
];

export type Kind = { type: string; width: number | null; height: number | null };
export const other: Kind = { type: 'application/octet-stream', width: null, height: null };

/** The kind of a file by its first bytes: one of four image formats with the size of the image, or another file. */
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
