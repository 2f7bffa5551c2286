import ical, {
  ICalAttendeeStatus,
  ICalCalendarMethod,
  ICalEventRepeatingFreq,
  ICalEventStatus,
  ICalWeekday,
} from 'ical-generator';
import { Temporal } from 'temporal-polyfill';
import { tzlib_get_ical_block } from 'timezones-ical-library';
import type { Days } from './series.ts';

type Person = { name: string; address: string };
/** One meeting in a calendar. Times are milliseconds since 1970. */
export type CalendarMeeting = {
  name: string;
  start: number;
  end: number;
  /** The description, as plain text. */
  text: string;
  link: string;
  /** For a single meeting of a series: the start that the rule of the series gives it. */
  slot?: number | undefined;
};
/** How the first meeting repeats, until the last one. `without`: starts that the rule gives, but at which there is no meeting. */
type CalendarRule = { days: Days; last: number; without: readonly number[] };

export type CalendarFile = {
  /** Permanent id of the meeting or series in all calendars. */
  uid: string;
  /** Counts its changes. */
  sequence: number;
  /** What calendar programs should do with it; absent in a file that a person downloads. */
  method?: 'REQUEST' | 'CANCEL' | undefined;
  timeZone: string;
  meetings: readonly CalendarMeeting[];
  /** The rule by which the first of the meetings repeats; each other meeting replaces one of that rule. */
  repeats?: CalendarRule | undefined;
  organizer?: Person | undefined;
};

/** The rules of a time zone, for programs that do not know its name. */
const zoneBlock = (name: string): string | null => {
  const found = tzlib_get_ical_block(name);
  return (Array.isArray(found) ? found[0] : found) || null;
};

const repeatingOf = ({ days, last, without }: CalendarRule, at: (time: number) => Temporal.ZonedDateTime) => ({
  freq: ICalEventRepeatingFreq[days.freq],
  ...(days.byDay && { byDay: days.byDay.map((day) => ICalWeekday[day]) }),
  ...(days.byMonthDay && { byMonthDay: days.byMonthDay }),
  until: at(last),
  ...(without.length > 0 && { exclude: without.map(at) }),
});

/** Meetings in the form of RFC 5545. A single one is in UTC, a series in its time zone, in which its time of day stays the same. */
export const calendarText = (file: CalendarFile): string => {
  const { uid, sequence, method, meetings, repeats, organizer } = file;
  const timeZone = repeats || meetings.some(({ slot }) => slot !== undefined) ? file.timeZone : 'UTC';
  const at = (time: number) => Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(timeZone);
  const calendar = ical({
    prodId: { company: 'MeetFrame', product: 'Meetings', language: 'EN' },
    ...(method && { method: ICalCalendarMethod[method] }),
    timezone: { name: null, generator: zoneBlock },
  });
  for (const [index, { name, start, end, text, link, slot }] of meetings.entries()) {
    calendar.createEvent({
      id: uid,
      sequence,
      start: at(start),
      end: at(end),
      ...(timeZone !== 'UTC' && { timezone: timeZone }),
      summary: name,
      description: text,
      location: link,
      url: link,
      ...(slot !== undefined && { recurrenceId: at(slot) }),
      ...(index === 0 && repeats && { repeating: repeatingOf(repeats, at) }),
      ...(method && { status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED }),
      ...(organizer && { organizer: { name: organizer.name, email: organizer.address } }),
    });
  }
  return calendar.toString();
};

/** The same calendar for one of the invited people. `answers`: true when replies reach the organiser. */
export const addressed = (calendar: string, { name, address, answers }: Person & { answers: boolean }): string => {
  const sample = ical();
  const status = ICalAttendeeStatus.NEEDSACTION;
  sample.createEvent({ start: new Date(0), attendees: [{ name, email: address, status, rsvp: answers }] });
  const [line = ''] = /^ATTENDEE.*(?:\r\n .*)*/m.exec(sample.toString()) ?? [];
  return calendar.replaceAll('END:VEVENT\r\n', () => `${line}\r\nEND:VEVENT\r\n`);
};
