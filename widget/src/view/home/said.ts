import { createModel, effect, signal } from '@preact/signals';
import type { Text } from './text.ts';

export type SaidLine = { id: number; text: Text; tone: 'good' | 'bad' };

/** How long a good word stays, in milliseconds. What went wrong stays until it is dismissed. */
const stays = 5_000;

/** Short lines about what was just done. At most one of each tone: the newest counts. */
export const SaidView = createModel(() => {
  const lines = signal<readonly SaidLine[]>([]);
  let nextId = 1;
  const dismiss = (id: number): void => {
    lines.value = lines.peek().filter((line) => line.id !== id);
  };
  effect(() => {
    const good = lines.value.find(({ tone }) => tone === 'good');
    if (!good) return undefined;
    const timer = setTimeout(dismiss, stays, good.id);
    return () => clearTimeout(timer);
  });
  return {
    lines,
    say(text: Text, tone: SaidLine['tone'] = 'good'): void {
      lines.value = [...lines.peek().filter((line) => line.tone !== tone), { id: nextId++, text, tone }];
    },
    dismiss,
  };
});
