import { useEffect, useRef } from 'preact/hooks';
import { type ShortcutName, shortcutOf } from '../../view/shortcuts.ts';

export type ShortcutKeys = {
  isOn: boolean;
  /** An action that cannot be done now is `undefined`, and the key is left to the browser. */
  actions: Partial<Record<ShortcutName, (() => void) | undefined>>;
  /** Space is held: speak as long as it is. `start` is `undefined` while the microphone is on already. */
  talk: { start: (() => void) | undefined; stop: () => void };
};

/** Elements that use the space bar by themselves. */
const usesSpace =
  'button, a[href], input, select, textarea, summary, [contenteditable], [tabindex]:not([tabindex="-1"])';

/** Listens to the keys of the meeting. */
export function useShortcuts(props: ShortcutKeys): void {
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    if (!props.isOn) return undefined;
    let isTalking = false;
    const stopTalking = (): void => {
      if (isTalking) latest.current.talk.stop();
      isTalking = false;
    };
    const down = (event: KeyboardEvent): void => {
      const { actions, talk } = latest.current;
      const name = shortcutOf(event);
      const act = name && actions[name];
      // On some keyboards AltGr, which types letters, is Ctrl and Alt.
      if (act && !event.getModifierState('AltGraph')) {
        event.preventDefault();
        if (!event.repeat) act();
        return;
      }
      const isSpace = event.code === 'Space' && !event.ctrlKey && !event.metaKey && !event.altKey && !event.shiftKey;
      const isFree = event.target instanceof Element && !event.target.closest(usesSpace);
      if (!isSpace || !isFree || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      if (event.repeat || !talk.start) return;
      isTalking = true;
      talk.start();
    };
    const up = ({ code }: KeyboardEvent): void => {
      if (code === 'Space') stopTalking();
    };
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    // The key may be released in another window.
    addEventListener('blur', stopTalking);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      removeEventListener('blur', stopTalking);
      stopTalking();
    };
  }, [props.isOn]);
}
