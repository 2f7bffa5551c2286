import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

const retryAfter = 3000;

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
    foresee();
    const Shown = loaded.value ?? Meanwhile;
    return Shown ? <Shown {...props} /> : null;
  };
  return Object.assign(Later, { foresee });
};

/** Makes components of one chunk, each shown as soon as it is there; `foresee` fetches the chunk before. */
export const chunkParts = <Chunk extends object>(load: () => Promise<Chunk>) => {
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
