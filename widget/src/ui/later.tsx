import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { AppModel } from '../model/types.ts';
import { Opening } from './lobby/Opening.tsx';

type Screen = ComponentType<{ app: AppModel }>;

const retryAfter = 3000;

/**
 * A screen that nobody sees first: it comes in a piece of its own, when it is needed or foreseen (`foresee`), and is fetched
 * until it is there.
 */
export const later = (load: () => Promise<Screen>): Screen & { foresee: () => void } => {
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
    return Loaded ? <Loaded app={app} /> : <Opening app={app} />;
  };
  return Object.assign(Later, { foresee });
};
