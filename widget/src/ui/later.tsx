import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { AppModel } from '../model/compose.ts';

type Screen = ComponentType<{ app: AppModel }>;

const retryAfter = 3000;

/**
 * A screen that is never the first one: a chunk of its own, fetched when it is needed or before (`foresee`); a failed
 * fetch is repeated.
 */
export const later = (load: () => Promise<Screen>, Meanwhile: Screen): Screen & { foresee: () => void } => {
  const loaded = signal<Screen | undefined>(undefined);
  let isLoading = false;
  const fetchIt = (): void => {
    load().then(
      (screen) => {
        loaded.value = screen;
      },
      () => setTimeout(fetchIt, retryAfter),
    );
  };
  const foresee = (): void => {
    if (!isLoading) fetchIt();
    isLoading = true;
  };
  const Later: Screen = ({ app }) => {
    foresee();
    const Loaded = loaded.value;
    return Loaded ? <Loaded app={app} /> : <Meanwhile app={app} />;
  };
  return Object.assign(Later, { foresee });
};
