import { type ReadonlySignal, signal } from '@preact/signals';
import { type ComponentType, createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { once } from '../once.ts';

const retryAfter = 3000;

/** While it is true, components below do not fetch the code of parts: something else is more urgent. */
export const BusyContext = createContext<ReadonlySignal<boolean>>(signal(false));

/**
 * A component that is never the first one: a chunk of its own, fetched when it is needed or before (`foresee`); a failed
 * fetch is repeated. `Meanwhile` is shown until it is there.
 */
export const later = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  Meanwhile?: ComponentType<Props>,
): ComponentType<Props> & { foresee: () => void } => {
  const loaded = signal<ComponentType<Props> | undefined>(undefined);
  let isLoading = false;
  const fetchIt = (): void => {
    load().then(
      (component) => {
        loaded.value = component;
      },
      () => setTimeout(fetchIt, retryAfter),
    );
  };
  const foresee = (): void => {
    if (!isLoading) fetchIt();
    isLoading = true;
  };
  const Later = (props: Props) => {
    if (!useContext(BusyContext).value) foresee();
    const Shown = loaded.value ?? Meanwhile;
    return Shown ? <Shown {...props} /> : null;
  };
  return Object.assign(Later, { foresee });
};

/** Makes components of one chunk, each shown as soon as it is there; `foresee` fetches the chunk before. */
export const chunkParts = <Chunk extends object>(fetchIt: () => Promise<Chunk>) => {
  const load = once(fetchIt);
  const parts: { foresee: () => void }[] = [];
  return {
    part<Props extends object>(choose: (chunk: Chunk) => ComponentType<Props>): ComponentType<Props> {
      const made = later(() => load().then(choose));
      parts.push(made);
      return made;
    },
    foresee(): void {
      for (const { foresee } of parts) foresee();
    },
  };
};
