import type { InvitationFacts, InvitationStyle } from '@meetframe/contract/invitationText';
import { invitationText } from '@meetframe/contract/invitationText';
import type { Store } from '../store/store.ts';
import { inviteAddress } from './address.ts';
import { type CalendarFile, type CalendarMeeting, calendarText } from './calendar.ts';
import { comingOf, daysOf, ruleOf, seriesBean, slotsOf } from './series.ts';
import type { AppointmentRow, SeriesRow } from './tables.ts';

/** An appointment with its series, if it has one. `isWhole`: the file is for the whole series, not for this appointment alone. */
export type Subject = { row: AppointmentRow; series: SeriesRow | undefined; isWhole: boolean };

export const styleOf = ({ row, series }: Subject): InvitationStyle & { timeZone: string } => ({
  locale: row.language === 'en' ? 'en' : 'zh-CN',
  timeZone: row.timeZone ?? series?.timeZone ?? 'UTC',
});

/** `origin`: the platform's own, used when the appointment names no page. */
export const factsOf = ({ row, series, isWhole }: Subject, origin: string): InvitationFacts => {
  const inviteCode = series?.inviteCode ?? row.inviteCode;
  const page = `${origin}/app/`;
  return {
    name: row.name,
    start: row.startTime,
    end: row.endTime,
    link: inviteAddress(inviteCode, [row.baseUrl, page]),
    inviteCode,
    page,
    series: isWhole && series ? seriesBean(series) : null,
  };
};

type About = Pick<CalendarFile, 'method' | 'organizer' | 'sequence'>;

const eventOf = (subject: Subject, origin: string): CalendarMeeting => {
  const { name, start, end, link, ...facts } = factsOf(subject, origin);
  const text = [invitationText({ name, start, end, link, ...facts }, styleOf(subject)), subject.row.description];
  return { name, start, end, link, text: text.filter(Boolean).join('\n\n') };
};

/** A series from its next meeting on: the meetings of its rule without cancelled ones, and the meetings that were changed singly. */
const wholeSeries = async (store: Store, subject: Subject & { series: SeriesRow }, origin: string) => {
  const { series } = subject;
  const coming = (await comingOf(store, series.id)).map((row) => ({ row, slot: row.slot ?? row.startTime }));
  const [first] = [...coming].sort((a, b) => a.slot - b.slot);
  if (!first) return { meetings: [eventOf(subject, origin)] };
  const last = Math.max(...coming.map(({ slot }) => slot));
  const usual = coming.find(({ row }) => row.isChanged === 0)?.row ?? first.row;
  const length = usual.endTime - usual.startTime;
  const slots = new Set(coming.map(({ slot }) => slot));
  const rule = ruleOf(series);
  const given = slotsOf({ rule, startTime: series.startTime, timeZone: series.timeZone });
  const one = (row: AppointmentRow) => eventOf({ row, series, isWhole: false }, origin);
  const at = { startTime: first.slot, endTime: first.slot + length };
  return {
    meetings: [
      eventOf({ row: { ...usual, ...at }, series, isWhole: true }, origin),
      ...coming.flatMap(({ row, slot }) => (row.isChanged ? [{ ...one(row), slot }] : [])),
    ],
    repeats: {
      days: daysOf(rule),
      last,
      without: given.filter((slot) => slot > first.slot && slot < last && !slots.has(slot)),
    },
  };
};

/** Makes the calendar file of an appointment, of one of a series, or of all of it. */
export const calendarOf = async (store: Store, subject: Subject, origin: string) => {
  const { row, series, isWhole } = subject;
  const isCancelled = row.cancelledAt !== null;
  const what =
    series && isWhole && !isCancelled
      ? await wholeSeries(store, { ...subject, series }, origin)
      : {
          meetings: [{ ...eventOf(subject, origin), ...(series && !isWhole && { slot: row.slot ?? row.startTime }) }],
        };
  const uid = `${series ? `series-${series.id}` : `appointment-${row.id}`}@${new URL(origin).hostname}`;
  return {
    uid,
    text: (about: About): string => calendarText({ ...about, ...what, uid, timeZone: styleOf(subject).timeZone }),
  };
};
