import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';

/** Milliseconds that a button shows that it has copied. */
const shownFor = 2000;

/** The old way, for a frame whose page does not allow the clipboard. */
const copySelected = (text: string): boolean => {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.style.position = 'fixed';
  // Inside an open dialog: what is outside cannot be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return isCopied;
};

/** Copies a text to the clipboard. Rejects with the error of the browser. */
export const copyText = async (text: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
  } catch (error) {
    if (!copySelected(text)) throw error;
  }
};

/** Copies a text, and says for a moment how that went. `copy` resolves to false when it failed. */
export function useClipboard(): { state: 'copied' | 'failed' | undefined; copy: (text: string) => Promise<boolean> } {
  const state = useSignal<'copied' | 'failed' | undefined>(undefined);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);
  return {
    state: state.value,
    async copy(text) {
      const isCopied = await copyText(text).then(
        () => true,
        () => false,
      );
      state.value = isCopied ? 'copied' : 'failed';
      clearTimeout(timer.current);
      timer.current = setTimeout(() => {
        state.value = undefined;
      }, shownFor);
      return isCopied;
    },
  };
}
