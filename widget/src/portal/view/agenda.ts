import type { Appointment } from '@meetframe/contract';
import { computed, createModel, effect, signal } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import type { PortalModel } from '../model/portal.ts';
import { dayKey } from './format.ts';
import { mayMake } from './sections.ts';

/**
 * `running`: participants are in it. `open`: its room is open. `early`: it will open at `opensAt`. `over`: it has
 * ended.
 */
type Phase = 'running' | 'open' | 'early' | 'over';

export type AgendaRow = {
  appointment: Appointment;
  start: number;
  end: number;
  phase: Phase;
  opensAt: number;
  isOwn: boolean;
  /** It is one of a series. */
  isRepeating: boolean;
};
export type AgendaDay = { key: string; at: number; rows: AgendaRow[] };

/** How often the agenda looks at the clock. */
const tick = 5_000;

export const rowOf = (
  appointment: Appointment,
  at: { now: number; openBefore: number; userId: number | undefined; repeating?: ReadonlySet<number> },
): AgendaRow => {
  const start = Date.parse(appointment.startTime);
  const end = Date.parse(appointment.endTime);
  const opensAt = start - at.openBefore;
  // Only a running meeting has a moderator with a stream.
  const isRunning = appointment.streamId !== null && at.now >= opensAt;
  const phase: Phase = isRunning ? 'running' : at.now < opensAt ? 'early' : at.now < end ? 'open' : 'over';
  return {
    appointment,
    start,
    end,
    phase,
    opensAt,
    isOwn: appointment.from?.id === at.userId,
    isRepeating: at.repeating?.has(appointment.id) === true,
  };
};

/** Appointments grouped by day; one that began earlier and is still running is listed under today. */
export const byDay = (rows: readonly AgendaRow[], now: number, scope: 'upcoming' | 'past'): AgendaDay[] => {
  const days = new Map<string, AgendaDay>();
  for (const row of rows) {
    const at = scope === 'upcoming' && row.end > now ? Math.max(row.start, startOfDay(now)) : row.start;
    const key = dayKey(at);
    const day = days.get(key) ?? { key, at, rows: [] };
    day.rows.push(row);
    days.set(key, day);
  }
  return [...days.values()];
};

const startOfDay = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** The user's planned meetings as the agenda shows them, by the server's clock. */
export const AgendaView = createModel((app: AppModel, portal: PortalModel) => {
  const { identity } = app;
  const { appointments } = portal;
  const clock = signal(Date.now());
  effect(() => {
    const timer = setInterval(() => {
      clock.value = Date.now();
    }, tick);
    return () => clearInterval(timer);
  });
  const now = computed(() => clock.value + identity.clockOffset.value);
  const days = computed(() => {
    const at = {
      now: now.value,
      openBefore: identity.openBefore.value,
      userId: identity.user.value?.id,
      repeating: appointments.repeating.value,
    };
    const rows = appointments.items.value?.map((appointment) => rowOf(appointment, at));
    return rows && byDay(rows, at.now, appointments.scope.value);
  });
  return { now, days, mayMake: computed(() => mayMake(identity.level.value)) };
});
