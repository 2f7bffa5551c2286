import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';

/** Milliseconds as `m:ss`, from an hour on `h:mm:ss`. */
export function formatDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / 1000));
  const two = (value: number) => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** How long the meeting has been running, by the server's clock. */
export const ClockView = createModel((app: AppModel) => {
  const now = signal(Date.now());
  effect(() => {
    const timer = setInterval(() => {
      now.value = Date.now();
    }, 1000);
    return () => clearInterval(timer);
  });
  const duration: ReadonlySignal<string | undefined> = computed(() => {
    const startedAt = app.meeting.roster.startedAt.value;
    if (startedAt === null) return undefined;
    return formatDuration(now.value + app.identity.clockOffset.value - startedAt);
  });
  return { duration };
});
