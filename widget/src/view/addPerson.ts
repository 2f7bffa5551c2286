import { createModel, effect, signal } from '@preact/signals';
import type { CallScreensModel, Colleague } from '../model/callScreens.ts';

/** How long the user has typed nothing when the search starts, in milliseconds. */
const typingEnds = 250;

type Deps = { calls: Pick<CallScreensModel, 'colleagues' | 'place' | 'setShape'>; isAudioOnly: () => boolean };

/** Finds a colleague and calls them into the meeting of the call. */
export const AddPersonView = createModel(({ calls, isAudioOnly }: Deps) => {
  const wanted = signal('');
  const found = signal<readonly Colleague[] | undefined>(undefined);
  const hasFailed = signal(false);
  const close = (): void => calls.setShape('full');

  effect(() => {
    const name = wanted.value;
    let isOld = false;
    const search = (): void => {
      hasFailed.value = false;
      calls.colleagues(name).then(
        (colleagues) => {
          if (!isOld) found.value = colleagues;
        },
        () => {
          if (!isOld) hasFailed.value = true;
        },
      );
    };
    const timer = setTimeout(search, name ? typingEnds : 0);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  });
  return {
    wanted,
    /** Undefined before the first answer. */
    found,
    hasFailed,
    search(name: string): void {
      wanted.value = name;
    },
    async call(userId: number): Promise<void> {
      hasFailed.value = false;
      try {
        await calls.place(userId, isAudioOnly() ? 1 : 2);
        close();
      } catch {
        hasFailed.value = true;
      }
    },
    close,
  };
});
