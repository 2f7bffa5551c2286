import { createModel, effect, signal } from '@preact/signals';
import type { Text } from './text.ts';

export type Notification = { id: number; text: Text; tone: 'good' | 'bad' };

/** How long a notification of success stays, in milliseconds. A failure stays until it is dismissed. */
const stays = 5_000;

/** Short notifications about the last action. At most one of each tone: the newest replaces the previous one. */
export const NotificationsView = createModel(() => {
  const notifications = signal<readonly Notification[]>([]);
  let nextId = 1;
  const dismiss = (id: number): void => {
    notifications.value = notifications.peek().filter((each) => each.id !== id);
  };
  effect(() => {
    const good = notifications.value.find(({ tone }) => tone === 'good');
    if (!good) return undefined;
    const timer = setTimeout(dismiss, stays, good.id);
    return () => clearTimeout(timer);
  });
  return {
    notifications,
    notify(text: Text, tone: Notification['tone'] = 'good'): void {
      notifications.value = [
        ...notifications.peek().filter((each) => each.tone !== tone),
        { id: nextId++, text, tone },
      ];
    },
    dismiss,
  };
});
