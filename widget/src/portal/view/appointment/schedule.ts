import type { Locale, RoomType } from '@meetframe/contract';
import type {
  AppointmentDetails,
  AppointmentInput,
  AppointmentsModel,
  MadeAppointment,
} from '../../model/appointments.ts';
import { checkEmail, roomTypeField, waitingRoomField } from '../fields.ts';
import { type ChoiceField, type Complaints, changesOf, createForm, type DialogForm, type Form } from '../form.ts';
import { dayKey, momentOf, timeKey } from '../format.ts';
import { checkRepeat, neverRepeating, type Repeating, repeatOf } from './repeat.ts';

/** A person on the list of an appointment: with an `id` a user of the company, else a guest from outside. */
export type Invitee = { id: number | null; codeId: string | null; name: string; email: string | null; role: 1 | 2 | 3 };
export type Topic = { title: string; content: string };

export type ScheduleValues = {
  name: string;
  startDay: string;
  startTime: string;
  endDay: string;
  endTime: string;
  /**
   * The moments that day and time stood for when the form began. In the hour that summer time repeats, day and time alone name
   * two; a moment may also have seconds, which are not shown.
   */
  meant: { start: number; end: number };
  /** The end is typed, not chosen by a length. */
  hasOwnEnd: boolean;
  repeat: Repeating;
  /** What of a series is changed. */
  scope: 'one' | 'all';
  type: RoomType;
  isPublic: boolean;
  waitingRoom: boolean;
  description: string;
  members: readonly Invitee[];
  /** A guest was typed but not added. */
  hasGuestDraft: boolean;
  topics: readonly Topic[];
};

const hour = 3600_000;
const half = hour / 2;
const minute = 60_000;

/** Default times: from the next half hour on, for one hour. */
export const freshSchedule = (now: number): ScheduleValues => {
  const start = Math.ceil((now + 1) / half) * half;
  return {
    name: '',
    startDay: dayKey(start),
    startTime: timeKey(start),
    endDay: dayKey(start + hour),
    endTime: timeKey(start + hour),
    meant: { start, end: start + hour },
    hasOwnEnd: false,
    repeat: neverRepeating,
    scope: 'one',
    type: 2,
    isPublic: false,
    waitingRoom: false,
    description: '',
    members: [],
    hasGuestDraft: false,
    topics: [],
  };
};

export const scheduleOf = ({
  meeting,
  members,
  topics,
  type,
  isPublic,
  waitingRoom,
}: AppointmentDetails): ScheduleValues => {
  const start = Date.parse(meeting.startTime);
  const end = Date.parse(meeting.endTime);
  return {
    name: meeting.name,
    startDay: dayKey(start),
    startTime: timeKey(start),
    endDay: dayKey(end),
    endTime: timeKey(end),
    meant: { start, end },
    hasOwnEnd: false,
    repeat: neverRepeating,
    scope: 'one',
    type,
    isPublic,
    waitingRoom,
    description: meeting.description ?? '',
    members: members.map(({ id, codeId, name, email, role }) => ({
      id,
      codeId,
      name,
      email,
      role: (Number(role) || 2) as Invitee['role'],
    })),
    hasGuestDraft: false,
    topics: topics.map(({ title, content }) => ({ title, content: content ?? '' })),
  };
};

/** Start or end in milliseconds; `NaN` where it is not typed. */
export const timeOf = (values: ScheduleValues, which: 'start' | 'end'): number => {
  const [day, time, meant] = [values[`${which}Day`], values[`${which}Time`], values.meant[which]];
  return dayKey(meant) === day && timeKey(meant) === time ? meant : momentOf(day, time);
};

/** In whole minutes; `NaN` where start or end is missing. */
export const lengthOf = (values: ScheduleValues): number =>
  Math.round((timeOf(values, 'end') - timeOf(values, 'start')) / minute);

/** Another length moves the end. */
export const withLength = (values: ScheduleValues, minutes: number): Partial<ScheduleValues> => {
  const end = timeOf(values, 'start') + minutes * minute;
  return Number.isNaN(end) ? {} : { hasOwnEnd: false, endDay: dayKey(end), endTime: timeKey(end) };
};

/** Another start keeps the length: the end moves along. */
export const moveStart = (
  values: ScheduleValues,
  change: { startDay?: string; startTime?: string },
): Partial<ScheduleValues> => {
  const start = timeOf({ ...values, ...change }, 'start');
  const length = timeOf(values, 'end') - timeOf(values, 'start');
  if (Number.isNaN(start) || Number.isNaN(length) || length <= 0) return change;
  return { ...change, endDay: dayKey(start + length), endTime: timeKey(start + length) };
};

const check = (values: ScheduleValues, now: number): Complaints<ScheduleValues> => {
  const start = timeOf(values, 'start');
  const end = timeOf(values, 'end');
  return {
    ...(Number.isNaN(start) && { startTime: { key: 'schedule.timeMissing' } }),
    ...(Number.isNaN(end) && { endTime: { key: 'schedule.timeMissing' } }),
    ...(end <= start
      ? { endTime: { key: 'schedule.endBeforeStart' } }
      : end <= now && { endTime: { key: 'schedule.endPast' } }),
    ...checkRepeat(values.repeat, start),
    ...(values.hasGuestDraft && { members: { key: 'schedule.guestUnfinished' } }),
    ...(values.topics.some(({ title }) => title.trim() === '') && { topics: { key: 'schedule.topicMissing' } }),
  };
};

const inputOf = (values: ScheduleValues): AppointmentInput => ({
  name: values.name.trim(),
  startTime: new Date(timeOf(values, 'start')).toISOString(),
  endTime: new Date(timeOf(values, 'end')).toISOString(),
  type: values.type,
  isPublic: values.isPublic,
  waitingRoom: values.waitingRoom,
  description: values.description.trim() || null,
  members: values.members.map(({ id, codeId, name, email, role }) => ({
    name,
    email,
    role,
    ...(id !== null && { id }),
    ...(codeId !== null && { codeId }),
  })),
  topics: values.topics.map(({ title, content }) => ({
    title: title.trim(),
    ...(content.trim() && { content: content.trim() }),
  })),
});

type Options = {
  appointments: Pick<AppointmentsModel, 'create' | 'update'>;
  now: () => number;
  /** The one to change. */
  details?: AppointmentDetails | undefined;
  /** For mails about it, and for the days on which it repeats. */
  place: { language: Locale; timeZone: string };
  /** Gets the server's answer. */
  onMade: (made: MadeAppointment) => void;
};

/** The form for a planned meeting: a new one, or the one that `details` describe. */
export const createScheduleForm = ({
  appointments,
  now,
  details,
  place,
  onMade,
}: Options): DialogForm<ScheduleValues> => {
  const saved = details && scheduleOf(details);
  return {
    testId: 'appointment-form',
    title: { key: details ? 'schedule.edit' : 'schedule.title' },
    action: () => (details ? 'common.save' : 'schedule.action'),
    ...createForm<ScheduleValues>({
      fields: [
        {
          name: 'name',
          kind: 'text',
          label: 'schedule.name',
          placeholder: 'schedule.namePlaceholder',
          testId: 'schedule-name',
          maxLength: 100,
          missing: 'schedule.nameMissing',
        },
        ...(details?.series ? [scopeField('scope.label')] : []),
        { name: 'startTime', kind: 'own' },
        ...(details ? [] : [{ name: 'repeat', kind: 'own' } as const]),
        { name: 'members', kind: 'own' },
        {
          name: 'description',
          kind: 'area',
          label: 'schedule.description',
          testId: 'schedule-description',
          maxLength: 4000,
        },
        { name: 'topics', kind: 'own' },
        roomTypeField({ name: 'type', testId: 'schedule-type' }),
        {
          name: 'isPublic',
          kind: 'check',
          label: 'schedule.isPublic',
          hint: { key: 'schedule.isPublicHint' },
          testId: 'schedule-public',
        },
        waitingRoomField('schedule'),
      ],
      initial: saved ?? freshSchedule(now()),
      check: (values) => check(values, now()),
      async send(values) {
        onMade(
          await (details && saved
            ? appointments.update(details.meeting.id, {
                ...changesOf(inputOf(values), inputOf(saved)),
                ...(details.series && { scope: values.scope }),
              })
            : appointments.create({ ...inputOf(values), ...place, ...repeatOf(values.repeat) })),
        );
        return undefined;
      },
    }),
  };
};

/** Of a series: this one, or all. */
export const scopeField = (label: 'scope.label' | 'scope.cancel'): ChoiceField<{ scope: 'one' | 'all' }> => ({
  name: 'scope',
  kind: 'choice',
  label,
  ...(label === 'scope.label' && { hint: { key: 'scope.hint' } }),
  options: [
    { value: 'one', label: 'scope.one' },
    { value: 'all', label: 'scope.all' },
  ],
  testId: 'scope',
});

type GuestValues = { name: string; email: string };

/** The form for a guest from outside the company. It adds to the list and sends nothing. */
export const createGuestForm = (): Form<GuestValues> =>
  createForm<GuestValues>({
    fields: [
      {
        name: 'name',
        kind: 'text',
        label: 'guest.name',
        testId: 'guest-name',
        maxLength: 100,
        missing: 'user.nameMissing',
      },
      { name: 'email', kind: 'email', label: 'guest.email', testId: 'guest-email', maxLength: 200 },
    ],
    initial: { name: '', email: '' },
    check: ({ email }) => checkEmail(email),
    send: async () => undefined,
  });
