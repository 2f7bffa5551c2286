import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

/** The name of a time zone, such as `Asia/Shanghai`. */
export const timeZone = z.string().check(
  z.maxLength(60),
  z.refine((name) => {
    try {
      return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
    } catch {
      return false;
    }
  }, 'a time zone such as Asia/Shanghai'),
);

/** How many meetings a series has at most. */
export const mostMeetings = 100;

const every = z.enum(['day', 'weekday', 'week', 'month']);
/** Days of the week from 1, Monday. */
const days = z.array(z.int().check(z.gte(1), z.lte(7)));

/** How a new appointment repeats. */
export const repeat = z
  .object({
    every,
    days: z.optional(days.check(z.minLength(1), z.maxLength(7))),
    count: z.optional(z.int().check(z.gte(2), z.lte(mostMeetings))),
    until: z.optional(z.iso.date()),
  })
  .check(
    z.refine((value) => (value.count === undefined) !== (value.until === undefined), {
      message: 'one of count and until',
      path: ['count'],
    }),
  );
export type Repeat = z.output<typeof repeat>;

/** The series that an appointment belongs to. */
export const series = z.object({
  id,
  every,
  days,
  day: z.nullable(z.int()),
  count: z.nullable(z.int()),
  until: z.nullable(z.string()),
  timeZone: z.string(),
});
texts.add(series, {
  id: 'Series',
  description: 'How the meetings of a series repeat: at the same time of day in their time zone.',
  fields: {
    every: '`weekday`: Monday to Friday.',
    days: 'For `week`: 1 Monday to 7 Sunday.',
    day: 'For `month`: the day of the month.',
    count: 'Number of meetings, if the series ends after a number; else `null`.',
    until: 'The last day, if the series ends on a date; else `null`.',
    timeZone: 'Time zone in which all meetings have the same time of day.',
  },
});
export type Series = z.output<typeof series>;
