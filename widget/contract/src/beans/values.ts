import * as z from 'zod/mini';
import { longestFileName, plainFileName, plainName } from '../names.ts';

/** An id as the platform hands them out: a positive integer that fits a database's `integer`. */
export const id = z.int().check(z.positive(), z.lte(2 ** 31 - 1));

/** An id as callers pass it: addresses and the specification's examples write it as a text, too (`orgId: '2'`). */
export const looseId = z.pipe(
  z.pipe(
    z.union([id, z.string().check(z.regex(/^[1-9]\d{0,9}$/, 'a number in digits'))]),
    z.transform((value): number => Number(value)),
  ),
  id,
);

const text = (maximum: number) => z.string().check(z.maxLength(maximum));

/** A name that may be empty; see {@link plainName}. */
export const label = (maximum = 100) => z.string().check(z.overwrite(plainName), z.maxLength(maximum));
/** A name with at least one visible character. */
export const name = z.string().check(z.overwrite(plainName), z.minLength(1), z.maxLength(100));
/** The name of a file; see {@link plainFileName}. */
export const fileName = z
  .string()
  .check(z.maxLength(1000), z.overwrite(plainFileName), z.minLength(1), z.maxLength(longestFileName));
export const password = text(200);
export { text };

/** 1 audio, 2 video, 3 training. */
export const roomType = z.literal([1, 2, 3]);
export type RoomType = z.output<typeof roomType>;

export const definition = z.enum(['240p', '480p', '720p', '1080p']);
export type Definition = z.output<typeof definition>;

export const videoCodec = z.enum(['VP8', 'H264', 'VP9', 'AV1']);
export type VideoCodec = z.output<typeof videoCodec>;

/** A video codec as pages write it: `VP8`, `vp9`, `h.264`, `video/AV1`. Used where browser and server both have it, else VP8. */
export const codecName = z.pipe(
  z.string().check(z.regex(/^(video\/)?(vp[89]|h\.?264|av1)$/i, 'VP8, H264, VP9 or AV1')),
  z.transform((name) => name.toUpperCase().replace(/VIDEO\/|\./g, '') as VideoCodec),
);

/** What a user may do: 1 administers the platform, 2 a company, 4 uses it, 5 may only attend (2.27). */
export const userLevel = z.literal([1, 2, 4, 5]);
export type UserLevel = z.output<typeof userLevel>;

/** The `result` numbers of the specification: 0 is success everywhere but in 2.12. */
export const result = z.object({ result: z.int() });

/** A page's name for a tile: the `id` of the element. */
export const domId = text(100);
