import * as z from 'zod/mini';
import { id, text } from './beans/values.ts';

/** A sign, a session id or a resume token: an opaque text of bounded length. */
export const token = z.string().check(z.minLength(1), z.maxLength(2048));

/** An id where the specification's examples also write it as a string (`orgId: '2'`). */
export const looseId = z.pipe(
  z.pipe(
    z.union([id, z.string().check(z.regex(/^[1-9]\d{0,9}$/))]),
    z.transform((value): number => Number(value)),
  ),
  id,
);

/** An invite code: digits, as a text or a number. Handlers get a text. */
export const inviteCode = z.pipe(
  z.union([z.int().check(z.positive()), z.string().check(z.regex(/^\d{1,15}$/))]),
  z.transform((value): string => String(value)),
);

const compact = /^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})$/;
const earliest = Date.UTC(1970, 0, 1);
const latest = Date.UTC(9999, 11, 31);

/** Milliseconds since 1970 of any form in which the specification writes a time; `NaN` when it is none. */
const milliseconds = (value: Date | number | string): number => {
  if (typeof value === 'number') return value;
  if (value instanceof Date) return value.getTime();
  const parts = compact.exec(value);
  if (!parts) return /^\d{4}-\d{2}-\d{2}/.test(value) ? Date.parse(value) : Number.NaN;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = parts.slice(1).map(Number);
  const time = Date.UTC(year, month - 1, day, hour, minute, second);
  // `Date.UTC` carries 20230231 over into March; such a day does not exist.
  return new Date(time).toISOString().replace(/[-T:]/g, '').startsWith(value) ? time : Number.NaN;
};

/**
 * A point in time: a `Date` (from a page), ISO 8601, milliseconds since 1970, or UTC as `yyyyMMddHHmmss`. Handlers get
 * milliseconds.
 */
export const moment = z.pipe(
  z.union([z.date(), z.int(), z.string().check(z.maxLength(40))]),
  z.transform((value, context): number => {
    const time = milliseconds(value);
    if (time >= earliest && time <= latest) return time;
    context.issues.push({
      code: 'custom',
      message: 'a time: ISO 8601, milliseconds since 1970 or UTC as yyyyMMddHHmmss',
      input: value,
    });
    return z.NEVER;
  }),
);

/** Page number, from 0, and length of a page. */
export const paging = {
  pageNo: z.int().check(z.gte(0), z.lte(1_000_000)),
  pageSize: z.int().check(z.gte(1), z.lte(200)),
};

/** The address of an image. Only http(s) and data URLs of images, because it becomes the `src` of an `<img>`. */
export const picture = z.string().check(
  z.maxLength(2000),
  z.refine(
    (value) => value === '' || /^(https?:\/\/|\/(?!\/)|\.\/|data:image\/(png|jpeg|gif|webp);)/i.test(value),
    'an http(s) address of an image',
  ),
);

/** Paging of lists that the specification does not page: if absent, the answer holds all entries, up to 1000. */
export const optionalPaging = { pageNo: z.optional(paging.pageNo), pageSize: z.optional(paging.pageSize) };

/** Number of entries and of pages of the whole list. */
export const totals = { totalCount: z.int(), totalPage: z.int() };

export const numberLimit = z.int().check(z.gte(1), z.lte(200));
export const description = text(4000);
export const email = text(200);
export const phone = text(40);
