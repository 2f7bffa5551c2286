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
  /** What stands in the description: plain text. */
  text: string;
  link: string;
  /** Of a series: the moment that its rule gives to this meeting, when it is told of alone. */
  slot?: number | undefined;
};
/** How the first meeting repeats, until the last one. `without`: moments that the rule gives and at which there is no meeting. */
type CalendarRule = { days: Days; last: number; without: readonly number[] };

export type CalendarFile = {
  /** Names the meeting or series in every calendar for good. */
  uid: string;
  /** Counts its changes. */
  sequence: number;
  /** How calendars are to take it; without one it is a file that a person opens. */
  method?: 'REQUEST' | 'CANCEL' | undefined;
  timeZone: string;
  meetings: readonly CalendarMeeting[];
  /** Holds for the first of the meetings; the others replace single ones. */
  repeats?: CalendarRule | undefined;
  organizer?: Person | undefined;
};

/** The rules of a time zone, which programs need that do not know its name. */
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

/** Meetings as RFC 5545 has them. A single one is in UTC, a series in its time zone, because its time of day is the one there. */
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

/** The same calendar for one of the people whom it invites. `answers`: somebody reads the answer. */
export const addressed = (calendar: string, { name, address, answers }: Person & { answers: boolean }): string => {
  const sample = ical();
  const status = ICalAttendeeStatus.NEEDSACTION;
  sample.createEvent({ start: new Date(0), attendees: [{ name, email: address, status, rsvp: answers }] });
  const [line = ''] = /^ATTENDEE.*(?:\r\n .*)*/m.exec(sample.toString()) ?? [];
  return calendar.replaceAll('END:VEVENT\r\n', () => `${line}\r\nEND:VEVENT\r\n`);
};
