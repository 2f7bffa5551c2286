import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { regionalLocale } from './regional.ts';

const day = 24 * 3600;

/** A point in time in the user's own time zone, with the name of the zone. */
export const formatMoment = (time: number, locale: string, timeZone?: string): string => {
  const parts = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone });
  const text = parts({
    weekday: 'long',
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  }).format(time);
  const zone = parts({ timeZoneName: 'short' })
    .formatToParts(time)
    .find(({ type }) => type === 'timeZoneName');
  return `${text} (${zone?.value})`;
};

/** The remaining time in whole seconds: hours, minutes and seconds, and the whole days separately. */
export const remainingParts = (milliseconds: number): { days: number; clock: string } => {
  const seconds = Math.ceil(Math.max(0, milliseconds) / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = seconds % day;
  return {
    days: Math.floor(seconds / day),
    clock: `${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`,
  };
};

/** Why a room cannot be entered now, and the time until its meeting starts. */
export const ClosedView = createModel((app: AppModel) => {
  const now = signal(Date.now());
  const isWaiting = computed(() => app.closed.value?.reason === 'early' && app.closed.value.startTime !== undefined);
  effect(() => {
    if (!isWaiting.value) return undefined;
    now.value = Date.now();
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  });

  const start: ReadonlySignal<{ text: string; iso: string } | undefined> = computed(() => {
    const startTime = app.closed.value?.startTime;
    return startTime === undefined
      ? undefined
      : {
          text: formatMoment(startTime, regionalLocale(app.locale.value, navigator.languages)),
          iso: new Date(startTime).toISOString(),
        };
  });

  /** By the server's clock; `due` once the time has come. */
  const remaining: ReadonlySignal<{ days: number; clock: string } | 'due' | undefined> = computed(() => {
    const startTime = app.closed.value?.startTime;
    if (!isWaiting.value || startTime === undefined) return undefined;
    const left = startTime - now.value - app.identity.clockOffset.value;
    return left > 0 ? remainingParts(left) : 'due';
  });

  return {
    closed: app.closed,
    isWaiting,
    start,
    remaining,
    isReconnecting: computed(() => app.identity.connection.value === 'reconnecting'),
    signOnRefused: app.identity.signOnRefused,
    /** A guest does not find the private meetings of a user. */
    signIn: computed(() =>
      app.closed.value?.reason === 'unknown' && !app.identity.user.value ? app.signInFirst : undefined,
    ),
    retry: (): void => void app.retry().catch(() => undefined),
  };
});
