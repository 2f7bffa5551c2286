import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { durationText } from './duration.ts';

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
    return durationText(now.value + app.identity.clockOffset.value - startedAt);
  });
  return { duration };
});
