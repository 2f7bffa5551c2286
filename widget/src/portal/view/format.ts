import { amountText, bytesText } from '../../view/amounts.ts';
import { durationText } from '../../view/duration.ts';

const minute = 60_000;
const dayLength = 24 * 60 * minute;

/** Days between two moments by the calendar of this machine's time zone. */
const daysBetween = (from: Date, to: Date): number =>
  Math.round(
    (Date.UTC(to.getFullYear(), to.getMonth(), to.getDate()) -
      Date.UTC(from.getFullYear(), from.getMonth(), from.getDate())) /
      dayLength,
  );

/** Times and amounts as people write them, in their own time zone. Times are milliseconds since 1970. */
export const createFormat = (locale: string) => {
  const time = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const date = new Intl.DateTimeFormat(locale, { weekday: 'long', month: 'long', day: 'numeric' });
  const dateOfYear = new Intl.DateTimeFormat(locale, { dateStyle: 'full' });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const dayTime = new Intl.DateTimeFormat(locale, {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const span = new Intl.DateTimeFormat(locale, {
    weekday: 'short',
    year: 'numeric',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const zone = new Intl.DateTimeFormat(locale, { timeZoneName: 'long' });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const capital = (text: string): string => text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);

  return {
    time: (at: number): string => time.format(at),
    /** `Today`, `Tomorrow` or `Yesterday`; `undefined` for other days. */
    near(at: number, now: number): string | undefined {
      const days = daysBetween(new Date(now), new Date(at));
      return Math.abs(days) <= 1 ? capital(relative.format(days, 'day')) : undefined;
    },
    /** With the year if it is not the current one. */
    date: (at: number, now: number): string =>
      (new Date(at).getFullYear() === new Date(now).getFullYear() ? date : dateOfYear).format(at),
    moment: (at: number): string => moment.format(at),
    /** Something past, as short as it can be: of today the time, of another year the day. */
    past(at: number, now: number): string {
      const [then, today] = [new Date(at), new Date(now)];
      if (daysBetween(then, today) === 0) return time.format(at);
      return (then.getFullYear() === today.getFullYear() ? dayTime : day).format(at);
    },
    range: (from: number, to: number): string => span.formatRange(from, to),
    /** The name of the time zone at that moment. */
    zone: (at: number): string => zone.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '',
    /** Whole minutes as hours and minutes, from two days on as days. */
    length(minutes: number): string {
      if (minutes >= 2 * 24 * 60) return amountText(locale, minutes / (24 * 60), 'day', 1);
      const hours = Math.floor(minutes / 60);
      const rest = minutes % 60;
      return [
        hours > 0 && amountText(locale, hours, 'hour'),
        (rest > 0 || hours === 0) && amountText(locale, rest, 'minute'),
      ]
        .filter(Boolean)
        .join(' ');
    },
    size: (bytes: number): string => bytesText(bytes, locale),
    /** A recording's length in seconds, as a clock shows it. */
    clock: (seconds: number): string => durationText(Math.round(seconds) * 1000),
    number: (value: number): string => new Intl.NumberFormat(locale).format(value),
  };
};
export type Format = ReturnType<typeof createFormat>;

const two = (value: number): string => String(value).padStart(2, '0');
/** The day of a moment in this machine's time zone, as `2026-11-23`. */
export const dayKey = (at: number): string => {
  const date = new Date(at);
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
};
/** The time of day, as `09:30`. */
export const timeKey = (at: number): string => {
  const date = new Date(at);
  return `${two(date.getHours())}:${two(date.getMinutes())}`;
};
/** The moment of a day and a time in this machine's time zone; `NaN` if they are invalid. */
export const momentOf = (dayText: string, timeText: string): number => new Date(`${dayText}T${timeText}`).getTime();
