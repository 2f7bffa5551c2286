import { mostMeetings, type Repeat, type Series } from '@meetframe/contract/beans';
import { RRuleTemporal } from 'rrule-temporal';
import { Temporal } from 'temporal-polyfill';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { AppointmentRow, SeriesRow } from './tables.ts';

const weekdays = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
type Weekday = (typeof weekdays)[number];
export type Days = { freq: 'DAILY' | 'WEEKLY' | 'MONTHLY'; byDay?: Weekday[]; byMonthDay?: number[] };
/** A rule as it is stored: days that the caller did not give are those of the start. */
export type Rule = Pick<Series, 'every' | 'days' | 'day' | 'count' | 'until'>;

/** How long a series runs at most. */
const longestRun = { years: 2 };
const dayLength = 86_400_000;

const inZone = (time: number, timeZone: string) =>
  Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);

/** The recurrence rule of calendars (RFC 5545), without its end. */
export const daysOf = ({ every, days, day }: Rule): Days => {
  switch (every) {
    case 'day':
      return { freq: 'DAILY' };
    case 'weekday':
      return { freq: 'WEEKLY', byDay: [...weekdays.slice(0, 5)] };
    case 'week':
      return { freq: 'WEEKLY', byDay: days.flatMap((each) => weekdays[each - 1] ?? []) };
    case 'month':
      return { freq: 'MONTHLY', byMonthDay: [day ?? 1] };
  }
};

type Timed = { rule: Rule; startTime: number; timeZone: string };

/** When the meetings of a series begin, by its rule: at the same time of day in its time zone, also after the clocks changed there. */
export const slotsOf = ({ rule, startTime, timeZone }: Timed): number[] => {
  const dtstart = inZone(startTime, timeZone);
  const last = rule.until
    ? Temporal.PlainDate.from(rule.until).toZonedDateTime({ timeZone, plainTime: '23:59:59' })
    : dtstart.add(longestRun);
  return new RRuleTemporal({
    ...daysOf(rule),
    ...(rule.count === null ? { until: last } : { count: rule.count }),
    ...{ dtstart, temporal: Temporal, wkst: 'MO' },
  })
    .all((_, index) => index <= mostMeetings)
    .map(({ epochMilliseconds }) => epochMilliseconds);
};

/** The rule that a caller asked for, and the starts of its meetings. */
export const planSeries = (
  { every, days, count, until }: Repeat,
  { startTime, endTime, timeZone }: { startTime: number; endTime: number; timeZone: string },
): { rule: Rule; slots: number[] } => {
  const refuse = (field: string, expected: string): never =>
    fail('INVALID_ARGUMENT', `${field} should be ${expected}.`, { field, expected });
  const start = inZone(startTime, timeZone);
  const rule: Rule = {
    every,
    days: every === 'week' ? [...new Set(days ?? [start.dayOfWeek])].sort() : [],
    day: every === 'month' ? start.day : null,
    count: count ?? null,
    until: until ?? null,
  };
  if (endTime - startTime > dayLength) refuse('endTime', 'at most a day after startTime when the meeting repeats');
  const slots = slotsOf({ rule, startTime, timeZone });
  const latest = start.add(longestRun).epochMilliseconds;
  if (slots.length > mostMeetings || (until && Date.parse(until) > latest) || (slots.at(-1) ?? 0) > latest)
    refuse(
      count ? 'repeat.count' : 'repeat.until',
      `such that there are at most ${mostMeetings} meetings in two years`,
    );
  if (slots.length < 2) refuse(count ? 'repeat.count' : 'repeat.until', 'such that there are at least 2 meetings');
  return { rule, slots };
};

/** The same day with the time of day of another moment. */
export const withTimeOf = (slot: number, time: number, timeZone: string): number =>
  inZone(slot, timeZone).withPlainTime(inZone(time, timeZone).toPlainTime()).epochMilliseconds;

export const isSameDay = (a: number, b: number, timeZone: string): boolean =>
  inZone(a, timeZone).toPlainDate().equals(inZone(b, timeZone).toPlainDate());

export const ruleOf = ({ rule }: Pick<SeriesRow, 'rule'>): Rule => JSON.parse(rule) as Rule;

export const seriesBean = (row: SeriesRow): Series => ({ id: row.id, ...ruleOf(row), timeZone: row.timeZone });

export const findSeries = async (store: Store, { seriesId }: Pick<AppointmentRow, 'seriesId'>) =>
  seriesId === null
    ? undefined
    : await store.selectFrom('appointment_series').selectAll().where('id', '=', seriesId).executeTakeFirst();

/** The meetings of a series that are not cancelled and not over, the next one first. */
export const comingOf = async (store: Store, seriesId: number, now = Date.now()): Promise<AppointmentRow[]> =>
  await store
    .selectFrom('appointment')
    .selectAll()
    .where('seriesId', '=', seriesId)
    .where('cancelledAt', 'is', null)
    .where('endTime', '>', now)
    .orderBy('startTime')
    .execute();
