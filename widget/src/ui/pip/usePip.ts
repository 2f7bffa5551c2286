import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';

/** Fetched before the click that opens a window: the browser allows that within a click only. */
const load = () => import('./pip.tsx');

/** Shows the active speaker in a small window above all others; `undefined` where the browser, or the page around the frame, does not allow it. */
export const usePip = (app: AppModel): { isOn: boolean; toggle: () => void } | undefined => {
  const chunk = useSignal<Awaited<ReturnType<typeof load>> | undefined>(undefined);
  useEffect(() => {
    load().then(
      (loaded) => {
        chunk.value = loaded;
      },
      () => {},
    );
  }, [chunk]);
  const pip = chunk.value;
  if (!pip?.hasPip()) return undefined;
  return { isOn: pip.openPip.value !== undefined, toggle: () => pip.togglePip(app) };
};
