import { computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import { createLatestRequest } from '../model/latestRequest.ts';
import type { CompanyUser } from '../model/users.ts';

/** Pause in typing, in milliseconds, before the server is asked. */
const pause = 200;

/** Finds users of the company by the beginning of a name or account, as a combo box. */
export const PeopleSearch = createModel(
  (
    find: (text: string) => Promise<readonly CompanyUser[]>,
    /** Ids of users who are already on the list and are not offered again. */
    taken: ReadonlySignal<ReadonlySet<number>>,
  ) => {
    const text = signal('');
    const found = signal<readonly CompanyUser[] | undefined>(undefined);
    const isOpen = signal(false);
    const active = signal(0);
    const { request, busy, problem, cancel } = createLatestRequest();
    const options = computed(() => found.value?.filter(({ id }) => !taken.value.has(id)));

    effect(() => {
      const wanted = text.value.trim();
      if (wanted === '') {
        cancel();
        found.value = undefined;
        return undefined;
      }
      const timer = setTimeout(() => {
        void request(
          () => find(wanted),
          (answer) => {
            found.value = answer;
            active.value = 0;
          },
        );
      }, pause);
      return () => clearTimeout(timer);
    });

    return {
      text,
      options,
      isOpen: computed(() => isOpen.value && text.value.trim() !== ''),
      active,
      busy,
      problem,
      write(value: string): void {
        text.value = value;
        isOpen.value = true;
      },
      /** Up and down wrap around. */
      move(by: 1 | -1): void {
        const count = options.peek()?.length ?? 0;
        isOpen.value = true;
        if (count > 0) active.value = (active.peek() + by + count) % count;
      },
      chosen: computed(() => options.value?.[active.value]),
      close(): void {
        isOpen.value = false;
      },
      clear(): void {
        text.value = '';
        isOpen.value = false;
      },
    };
  },
);
