import { RTCPeerError } from '@meetframe/contract';
import { batch, signal } from '@preact/signals';

/**
 * A request that is sent again and again, such as for the content of a list. Only the latest counts: an answer to an older
 * one, which may come later, is dropped. Never rejects; why an answer is missing stands in `problem`.
 */
export const createLatestRequest = () => {
  const busy = signal(false);
  const problem = signal<RTCPeerError | undefined>(undefined);
  let latest = 0;
  return {
    busy,
    problem,
    async request<T>(send: () => Promise<T>, take: (answer: T) => void): Promise<void> {
      const own = ++latest;
      busy.value = true;
      try {
        const answer = await send();
        if (own === latest)
          batch(() => {
            take(answer);
            problem.value = undefined;
          });
      } catch (error) {
        if (own === latest) problem.value = RTCPeerError.from(error);
      } finally {
        if (own === latest) busy.value = false;
      }
    },
    /** Drops the answer to a request that is under way. */
    cancel(): void {
      latest++;
      batch(() => {
        busy.value = false;
        problem.value = undefined;
      });
    },
  };
};
