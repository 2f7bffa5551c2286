import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** Milliseconds that a button shows that it has copied. */
const shownFor = 2000;

/** The old way, for a frame whose page does not allow the clipboard. */
const copySelected = (text: string): boolean => {
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  // Inside an open dialog: what is outside cannot be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  return isCopied;
};

/** Copies a text, and says for a moment how that went. */
export function useClipboard(): { state: 'copied' | 'failed' | undefined; copy: (text: string) => void } {
  const state = useSignal<'copied' | 'failed' | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    state: state.value,
    copy(text) {
      const focused = document.activeElement;
      const end = (isCopied: boolean): void => {
        state.value = isCopied ? 'copied' : 'failed';
        if (focused instanceof HTMLElement) focused.focus();
        clearTimeout(timer.current);
        timer.current = setTimeout(() => {
          state.value = undefined;
        }, shownFor);
      };
      const written = navigator.clipboard?.writeText(text) ?? Promise.reject(new Error('no clipboard'));
      written.then(
        () => end(true),
        () => end(copySelected(text)),
      );
    },
  };
}
