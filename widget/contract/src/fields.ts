import * as z from 'zod/mini';
import { looseId, text } from './beans/values.ts';
import { pastedNumber } from './pastedNumber.ts';

export { looseId };

/** A sign, a session id or a resume token: an opaque text of bounded length. */
export const token = z.string().check(z.minLength(1), z.maxLength(2048));

/** `null` and `''` mean the same as an absent field. */
export const unless = <S extends z.ZodMiniType>(schema: S) =>
  z.optional(
    z.pipe(
      z.union([schema, z.literal(''), z.null()]),
      z.transform((value): z.output<S> | undefined =>
        value === '' || value === null ? undefined : (value as z.output<S>),
      ),
    ),
  );

/** A text that `''` and `null` remove, while an absent field leaves it as it is. Handlers get `null` or `undefined`. */
export const removable = <S extends z.ZodMiniType<string>>(schema: S) =>
  z.optional(
    z.pipe(
      z.nullable(schema),
      z.transform((value): string | null => value || null),
    ),
  );

/** An invite code as a number, or as people paste it; see {@link pastedNumber}. Handlers get its digits. */
export const inviteCode = z.pipe(
  z.union([z.int().check(z.positive()), z.string().check(z.maxLength(2000))]),
  z.transform((value, context): string => {
    const found = typeof value === 'number' ? String(value) : pastedNumber(value)?.number;
    if (found && found.length <= 15) return found;
    context.issues.push({ code: 'custom', message: 'an invite code', input: value });
    return z.NEVER;
  }),
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

/**
 * The address of an image, because it becomes the `src` of an `<img>`: http(s), a data URL, or a name relative to the platform's
 * page, as the specification's `./img/login.png`.
 */
export const picture = z.string().check(
  z.maxLength(2000),
  z.refine(
    (value) => value === '' || /^(https?:\/\/|data:image\/(png|jpeg|gif|webp);|(?!\/\/)[^:\\\t\n\r]*$)/i.test(value),
    'an http(s) address of an image, or a name of one on this platform',
  ),
);

/** Paging of lists that the specification does not page: if absent, the answer holds all entries, up to 1000. */
export const optionalPaging = { pageNo: z.optional(paging.pageNo), pageSize: z.optional(paging.pageSize) };

/** Number of entries and of pages of the whole list. */
export const totals = { totalCount: z.int(), totalPage: z.int() };

export const numberLimit = z.int().check(z.gte(1), z.lte(200));
export const description = removable(text(4000));
export const email = removable(text(200));
export const phone = removable(text(40));
