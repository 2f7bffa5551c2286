import { randomUUID } from 'node:crypto';
import { Refused } from '../http.ts';
import { keptFile } from '../keptFile.ts';
import type { PartnerUser } from '../platform.ts';
import { employeeOf } from './people.ts';

/** An entry of the OA's own calendar. `meeting` is its appointment on the platform, once a user has opened the meeting. */
export type Entry = {
  id: string;
  title: string;
  /** ISO 8601. */
  start: string;
  minutes: number;
  organiser: string;
  attendees: string[];
  meeting?: { meetingId: number; roomId: number; inviteCode: string; saved: string };
};
export type Details = Pick<Entry, 'title' | 'start' | 'minutes' | 'attendees'>;

/** Checks what a page sent; says which field is wrong. */
export const readDetails = (body: Record<string, unknown>): Details => {
  const { title, start, minutes, attendees } = body;
  const refuse = (english: string, chinese: string): never => {
    throw new Refused(400, english, chinese);
  };
  const named = typeof title === 'string' ? title.trim() : '';
  if (named === '' || named.length > 100) return refuse('A title has 1 to 100 letters.', '标题应为 1 至 100 个字。');
  if (typeof start !== 'string' || Number.isNaN(Date.parse(start)))
    return refuse('The start is no time.', '开始时间不正确。');
  if (!Number.isInteger(minutes) || Number(minutes) < 5 || Number(minutes) > 24 * 60)
    return refuse('An entry lasts 5 minutes to a day.', '时长应为 5 分钟至一天。');
  if (!Array.isArray(attendees) || !attendees.every((account) => employeeOf(account)))
    return refuse('One of the people on the list is not an employee.', '名单中有人不是员工。');
  return {
    title: named,
    start: new Date(start).toISOString(),
    minutes: Number(minutes),
    attendees: [...new Set(attendees as string[])],
  };
};

export const createCalendar = (path: string) => {
  const kept = keptFile<Entry[]>(path, []);
  const entries = kept.value;

  /** An entry in which the user takes part; others are not shown. */
  const find = (id: string | undefined, { account }: PartnerUser): Entry => {
    const entry = entries.find((each) => each.id === id);
    if (!entry || (entry.organiser !== account && !entry.attendees.includes(account)))
      throw new Refused(404, 'There is no such entry.', '没有这个日程。');
    return entry;
  };
  const findOwn = (id: string | undefined, person: PartnerUser): Entry => {
    const entry = find(id, person);
    if (entry.organiser !== person.account)
      throw new Refused(403, 'Only the organiser may change an entry.', '只有组织者可以更改日程。');
    return entry;
  };

  return {
    find,
    findOwn,
    /** In order of their starts; from today on. */
    listFor({ account }: PartnerUser, now = Date.now()): Entry[] {
      const today = new Date(now).setHours(0, 0, 0, 0);
      return entries
        .filter(({ organiser, attendees }) => organiser === account || attendees.includes(account))
        .filter(({ start, minutes }) => Date.parse(start) + minutes * 60_000 >= today)
        .sort((a, b) => a.start.localeCompare(b.start));
    },
    add({ account }: PartnerUser, details: Details): Entry {
      const entry = { id: randomUUID(), organiser: account, ...details };
      entries.push(entry);
      kept.save();
      return entry;
    },
    change(entry: Entry, change: Partial<Entry>): Entry {
      Object.assign(entry, change);
      kept.save();
      return entry;
    },
    remove(entry: Entry): void {
      entries.splice(entries.indexOf(entry), 1);
      kept.save();
    },
  };
};
export type Calendar = ReturnType<typeof createCalendar>;
