import type { Appointment, Input, Output, platform } from '@meetframe/contract';
import { batch, createModel, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import { createLatestRequest } from './latestRequest.ts';

type Platform = typeof platform;
export type AppointmentDetails = Output<Platform['appointment.queryAppointmentById']>;
export type AppointmentInput = Omit<Input<Platform['appointment.createAppointment']>, 'roomId'>;
export type MailCount = { sent: number; unsent: number };
export type MadeAppointment = { meetingId: number; roomId: number; inviteCode: string; mail: MailCount };
export type WhichMeetings = 'one' | 'all';
export type Scope = 'upcoming' | 'past';

/** Length of one step into the future or the past, in milliseconds. */
const step = 30 * 24 * 3600_000;
const pageSize = 200;
/** Most pages that are requested for one month; a longer list would not be useful. */
const mostPages = 5;

/** The user's own planned meetings, as an agenda that covers one more step with each `more` (2.19 to 2.23, 2.33). */
export const Appointments = createModel((client: Client, now: () => number) => {
  const shown = signal<Scope>('upcoming');
  const items = signal<readonly Appointment[] | undefined>(undefined);
  /** End of the span that `items` covers, in milliseconds since 1970. */
  const reach = signal(0);
  /** Of the items those that belong to a series. */
  const repeating = signal<ReadonlySet<number>>(new Set());
  /** Whether the platform sends invitations by mail; asked for once. */
  const sendsMail = signal<boolean | undefined>(undefined);
  const { request, busy, problem, cancel } = createLatestRequest();
  let steps = 1;

  const fetch = async (span: { startTime: number; endTime: number }) => {
    const found: Appointment[] = [];
    const series = new Set<number>();
    for (let pageNo = 0; pageNo < mostPages; pageNo++) {
      const answer = await client.call('appointment.queryAppointments', { ...span, pageNo, pageSize });
      found.push(...answer.meetings);
      for (const { meetingId } of answer.repeating) series.add(meetingId);
      if (answer.meetings.length < pageSize) break;
    }
    return { found, series };
  };

  const load = (wanted: Scope, wantedSteps: number): Promise<void> => {
    const from = now();
    const far = wanted === 'upcoming' ? from + wantedSteps * step : from - wantedSteps * step;
    return request(
      () => fetch({ startTime: Math.min(from, far), endTime: Math.max(from, far) }),
      ({ found, series }) => {
        repeating.value = series;
        // The span also contains running meetings, which are not past yet.
        items.value =
          wanted === 'upcoming' ? found : found.filter(({ endTime }) => Date.parse(endTime) <= from).reverse();
        reach.value = far;
        steps = wantedSteps;
      },
    );
  };

  const changed = async <T>(change: Promise<T>): Promise<T> => {
    const answer = await change;
    await load(shown.peek(), steps);
    return answer;
  };

  return {
    scope: shown,
    items,
    reach,
    repeating,
    sendsMail,
    busy,
    problem,
    reload: (): Promise<void> => load(shown.peek(), steps),
    more: (): Promise<void> => load(shown.peek(), steps + 1),
    look(at: Scope): Promise<void> {
      if (at !== shown.peek())
        batch(() => {
          shown.value = at;
          items.value = undefined;
          steps = 1;
        });
      return load(at, steps);
    },
    details: (meetingId: number): Promise<AppointmentDetails> =>
      client.call('appointment.queryAppointmentById', { meetingId }),
    create: (input: AppointmentInput): Promise<MadeAppointment> =>
      changed(client.call('appointment.createAppointment', input)),
    update: (
      meetingId: number,
      input: Partial<AppointmentInput> & { scope?: WhichMeetings },
    ): Promise<MadeAppointment> => changed(client.call('appointment.updateAppointment', { meetingId, ...input })),
    /** Starts a meeting now. */
    instant: (name: string): Promise<MadeAppointment> =>
      changed(client.call('appointment.instantAppointment', { name })),
    /** Answers how many people get a mail; `undefined` when the meeting is running and was not cancelled. */
    async cancel(meetingId: number, scope: WhichMeetings): Promise<MailCount | undefined> {
      const { result, mail } = await client.call('appointment.deleteAppointment', { meetingId, scope });
      if (result !== 0) return undefined;
      if (scope === 'all') await load(shown.peek(), steps);
      else items.value = items.peek()?.filter(({ id }) => id !== meetingId);
      return mail;
    },
    /** The file for calendars. */
    calendarFile: (inviteCode: string) => client.call('appointment.getCalendarFile', { inviteCode }),
    /** Without an answer it stays unknown, and nothing is said about mail. */
    async askAboutMail(): Promise<void> {
      if (sendsMail.peek() === undefined) sendsMail.value = (await client.call('appointment.getMailState', {})).sends;
    },
    reset(): void {
      cancel();
      steps = 1;
      batch(() => {
        shown.value = 'upcoming';
        items.value = undefined;
      });
    },
  };
});
export type AppointmentsModel = InstanceType<typeof Appointments>;
