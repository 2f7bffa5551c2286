import type { Appointment, Input, Output, platform } from '@meetframe/contract';
import { batch, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import { createLatestRequest } from './latestRequest.ts';

type Platform = typeof platform;
export type AppointmentDetails = Output<Platform['appointment.queryAppointmentById']>;
export type AppointmentInput = Omit<Input<Platform['appointment.createAppointment']>, 'roomId'>;
export type MadeAppointment = { meetingId: number; roomId: number; inviteCode: string };
export type Scope = 'upcoming' | 'past';

/** Length of one step into the future or the past, in milliseconds. */
const step = 30 * 24 * 3600_000;
const pageSize = 200;
/** Most pages that are requested for one month; a longer list would not be useful. */
const mostPages = 5;

/** The user's own planned meetings, as an agenda that covers one more step with each `more` (2.19 to 2.23, 2.33). */
export const createAppointments = (client: Client, now: () => number) => {
  const scope = signal<Scope>('upcoming');
  const items = signal<readonly Appointment[] | undefined>(undefined);
  /** End of the span that `items` covers, in milliseconds since 1970. */
  const reach = signal(0);
  const { request, busy, problem, cancel } = createLatestRequest();
  let steps = 1;

  const fetch = async (span: { startTime: number; endTime: number }): Promise<Appointment[]> => {
    const all: Appointment[] = [];
    for (let pageNo = 0; pageNo < mostPages; pageNo++) {
      const { meetings } = await client.call('appointment.queryAppointments', { ...span, pageNo, pageSize });
      all.push(...meetings);
      if (meetings.length < pageSize) break;
    }
    return all;
  };

  const load = (wanted: Scope, wantedSteps: number): Promise<void> => {
    const from = now();
    const far = wanted === 'upcoming' ? from + wantedSteps * step : from - wantedSteps * step;
    return request(
      () => fetch({ startTime: Math.min(from, far), endTime: Math.max(from, far) }),
      (found) => {
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
    await load(scope.peek(), steps);
    return answer;
  };

  return {
    scope,
    items,
    reach,
    busy,
    problem,
    reload: (): Promise<void> => load(scope.peek(), steps),
    more: (): Promise<void> => load(scope.peek(), steps + 1),
    look(at: Scope): Promise<void> {
      if (at !== scope.peek())
        batch(() => {
          scope.value = at;
          items.value = undefined;
          steps = 1;
        });
      return load(at, steps);
    },
    details: (meetingId: number): Promise<AppointmentDetails> =>
      client.call('appointment.queryAppointmentById', { meetingId }),
    create: (input: AppointmentInput): Promise<MadeAppointment> =>
      changed(client.call('appointment.createAppointment', input)),
    update: (meetingId: number, input: Partial<AppointmentInput>): Promise<MadeAppointment> =>
      changed(client.call('appointment.updateAppointment', { meetingId, ...input })),
    /** Starts a meeting now. */
    instant: (name: string): Promise<MadeAppointment> =>
      changed(client.call('appointment.instantAppointment', { name })),
    /** False while the meeting runs. */
    async cancel(meetingId: number): Promise<boolean> {
      const { result } = await client.call('appointment.deleteAppointment', { meetingId });
      if (result === 0) items.value = items.peek()?.filter(({ id }) => id !== meetingId);
      return result === 0;
    },
    reset(): void {
      cancel();
      steps = 1;
      batch(() => {
        scope.value = 'upcoming';
        items.value = undefined;
      });
    },
  };
};
export type AppointmentsModel = ReturnType<typeof createAppointments>;
