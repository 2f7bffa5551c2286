import { createModel, signal } from '@preact/signals';

export const captionSizes = ['small', 'medium', 'large', 'huge'] as const;
export type CaptionSize = (typeof captionSizes)[number];
type Choice = {
  isOn: boolean;
  size: CaptionSize;
  /** Language in which the user reads sentences, too (BCP 47). */
  language: string | null;
};

const key = 'meetframe.captions';

const read = (): Partial<Record<keyof Choice, unknown>> => {
  try {
    return JSON.parse(localStorage.getItem(key) ?? '{}') ?? {};
  } catch {
    // No storage, as in many frames, or not written by this version.
    return {};
  }
};

/**
 * Whether captions are shown, how large, and in which language: remembered for the next visit where the browser lets the frame store something. Unlike a login
 * it may be kept in a frame, too: it says nothing about the user.
 */
export const CaptionChoice = createModel(() => {
  const { isOn, size, language } = read();
  const state = {
    isOn: signal(isOn !== false),
    size: signal<CaptionSize>(captionSizes.find((each) => each === size) ?? 'medium'),
    language: signal(typeof language === 'string' ? language : null),
  };
  return {
    ...state,
    choose(change: Partial<Choice>): void {
      state.isOn.value = change.isOn ?? state.isOn.peek();
      state.size.value = change.size ?? state.size.peek();
      if (change.language !== undefined) state.language.value = change.language;
      try {
        const [isOn, size, language] = [state.isOn.peek(), state.size.peek(), state.language.peek()];
        localStorage.setItem(key, JSON.stringify({ isOn, size, language }));
      } catch {
        // The choice holds for this visit.
      }
    },
  };
});
