import type { RTCPeerError } from '@meetframe/contract';
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { createLatestRequest } from './latestRequest.ts';

type Item = { id: number | string };
/** `total`: number of all entries, where the server answers it. */
type Answer<T> = { items: readonly T[]; hasMore: boolean; total?: number };
type Fetch<T> = (page: { pageNo: number; pageSize: number }) => Promise<Answer<T>>;

/** A list for a screen. `reload`, `more` and `turn` never reject: see `problem`. */
export type List<T> = {
  /** `undefined` until the first answer. */
  items: ReadonlySignal<readonly T[] | undefined>;
  busy: ReadonlySignal<boolean>;
  problem: ReadonlySignal<RTCPeerError | undefined>;
  reload(): Promise<void>;
};

/** A list that grows at its end. */
export type GrowingList<T> = List<T> & { hasMore: ReadonlySignal<boolean>; more(): Promise<void> };

/** A list that shows one page; the first page is 0. */
export type PagedList<T> = List<T> & {
  pageNo: ReadonlySignal<number>;
  pageCount: ReadonlySignal<number>;
  total: ReadonlySignal<number>;
  turn(pageNo: number): Promise<void>;
};

const longestPage = 200;

export const createGrowingList = <T extends Item>(fetch: Fetch<T>, pageSize: number) => {
  const items = signal<readonly T[] | undefined>(undefined);
  const hasMore = signal(false);
  const { request, busy, problem, cancel } = createLatestRequest();
  const shown = (): number => items.peek()?.length ?? 0;
  const start = (pages: number): Promise<void> =>
    request(
      () => fetch({ pageNo: 0, pageSize: pages * pageSize }),
      (answer) => {
        items.value = answer.items;
        hasMore.value = answer.hasMore;
      },
    );
  return {
    items,
    hasMore,
    busy,
    problem,
    /** Requests as many entries as are shown, which stay until the answer comes. */
    reload: (): Promise<void> =>
      start(Math.min(Math.max(1, Math.ceil(shown() / pageSize)), Math.floor(longestPage / pageSize))),
    /** Requests the first page, for instance of a new search; the shown entries stay until the answer comes. */
    restart: (): Promise<void> => start(1),
    more(): Promise<void> {
      const known = new Set(items.peek()?.map(({ id }) => id));
      /**
       * Requests more entries than are known. Others may have created or deleted entries in between, which moves the
       * rest.
       */
      const next = async (pageNo: number): Promise<Answer<T>> => {
        const answer = await fetch({ pageNo, pageSize });
        const fresh = answer.items.filter(({ id }) => !known.has(id));
        return fresh.length > 0 || !answer.hasMore ? { ...answer, items: fresh } : next(pageNo + 1);
      };
      return request(
        () => next(Math.floor(shown() / pageSize)),
        (answer) => {
          items.value = [...(items.peek() ?? []), ...answer.items];
          hasMore.value = answer.hasMore;
        },
      );
    },
    replace(item: T): void {
      items.value = items.peek()?.map((each) => (each.id === item.id ? item : each));
    },
    remove(id: T['id']): void {
      items.value = items.peek()?.filter((each) => each.id !== id);
    },
    reset(): void {
      cancel();
      batch(() => {
        items.value = undefined;
        hasMore.value = false;
      });
    },
  };
};

export const createPagedList = <T extends Item>(fetch: Fetch<T>, pageSize: number) => {
  const items = signal<readonly T[] | undefined>(undefined);
  const pageNo = signal(0);
  const total = signal(0);
  const pageCount = computed(() => Math.max(1, Math.ceil(total.value / pageSize)));
  const { request, busy, problem, cancel } = createLatestRequest();
  const turn = (wanted: number): Promise<void> =>
    request(
      () => fetch({ pageNo: wanted, pageSize }),
      (answer) => {
        items.value = answer.items;
        total.value = answer.total ?? answer.items.length;
        pageNo.value = wanted;
      },
    ).then(() =>
      // The last page has become empty because its entries were deleted.
      pageNo.peek() === wanted && wanted >= pageCount.peek() ? turn(pageCount.peek() - 1) : undefined,
    );
  return {
    items,
    pageNo,
    pageCount,
    total,
    busy,
    problem,
    turn,
    reload: (): Promise<void> => turn(pageNo.peek()),
    reset(): void {
      cancel();
      batch(() => {
        items.value = undefined;
        pageNo.value = 0;
        total.value = 0;
      });
    },
  };
};
