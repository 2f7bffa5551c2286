import { type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { Tables } from './tables.ts';

const day = 86_400_000;
/** How long an appointment lasts at most, in milliseconds. */
export const longest = 366 * day;

const long = (start: string, end: string) =>
  sql<number>`(case when ${sql.ref(end)} - ${sql.ref(start)} > ${sql.lit(day)} then 1 else 0 end)`;
/** 1 for an appointment longer than a day. The indexes of `003_lists` contain this expression, so it must not change. */
export const isLong = long('startTime', 'endTime');

/** Milliseconds since 1970; `from` is in it, `to` is not. */
export type Span = { from: number; to: number };

/**
 * Two conditions. Every appointment that overlaps the span meets at least one of them. An index on the start alone cannot find those that
 * began before the span and still go on. But an appointment of at most a day began at most a day before the span, and longer ones are
 * rare and have their own index.
 */
export const touching = (table: 'appointment' | 'appointment_member', { from, to }: Span) => {
  const [startTime, endTime] = [`${table}.startTime`, `${table}.endTime`] as const;
  const within =
    (earliest: number, ...more: ReturnType<typeof sql<SqlBool>>[]) =>
    (where: ExpressionBuilder<Tables, 'appointment' | 'appointment_member'>) =>
      where.and([where(startTime, '>', earliest), where(startTime, '<', to), where(endTime, '>', from), ...more]);
  return [within(from - day), within(from - longest, sql`${long(startTime, endTime)} = ${sql.lit(1)}`)] as const;
};
