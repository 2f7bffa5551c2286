import { mostMeetings, type Repeat } from '@meetframe/contract';
import type { AppointmentInput } from '../../model/appointments.ts';
import type { Complaints } from '../form.ts';

/** How a new meeting repeats, as the form has it. */
export type Repeating = {
  every: Repeat['every'] | 'never';
  /** Days of the week from 1, Monday; none stands for that of the start. */
  days: readonly number[];
  endsBy: 'count' | 'until';
  count: string;
  until: string;
};

export const neverRepeating: Repeating = { every: 'never', days: [], endsBy: 'count', count: '10', until: '' };

/** 1 for Monday to 7 for Sunday, in this machine's time zone. */
const weekdayOf = (time: number): number => new Date(time).getDay() || 7;

/** The days of the week that are chosen; without a choice that of the start. */
export const daysOf = ({ days }: Repeating, start: number): readonly number[] =>
  days.length > 0 || Number.isNaN(start) ? days : [weekdayOf(start)];

/** With that day or without it; one day stays. */
export const toggleDay = (repeat: Repeating, start: number, day: number): Repeating => {
  const chosen = daysOf(repeat, start);
  const days = chosen.includes(day) ? chosen.filter((each) => each !== day) : [...chosen, day].sort();
  return days.length > 0 ? { ...repeat, days } : repeat;
};

export const checkRepeat = (repeat: Repeating, start: number): Complaints<{ repeat: Repeating }> => {
  if (repeat.every === 'never') return {};
  const count = Number(repeat.count);
  if (repeat.endsBy === 'count' && !(Number.isInteger(count) && count >= 2 && count <= mostMeetings))
    return { repeat: { key: 'repeat.countInvalid', params: { most: mostMeetings } } };
  const latest = new Date(start).setFullYear(new Date(start).getFullYear() + 2);
  const until = Date.parse(`${repeat.until}T23:59:59`);
  if (repeat.endsBy === 'until' && !(until > start && until <= latest))
    return { repeat: { key: 'repeat.untilInvalid' } };
  return {};
};

/** For the server (2.19). */
export const repeatOf = ({ every, days, endsBy, count, until }: Repeating): Pick<AppointmentInput, 'repeat'> =>
  every === 'never'
    ? {}
    : {
        repeat: {
          every,
          ...(every === 'week' && days.length > 0 && { days: [...days] }),
          ...(endsBy === 'count' ? { count: Number(count) } : { until }),
        },
      };
