import { RTCPeerError } from '@meetframe/contract';
import { batch, signal } from '@preact/signals';

/**
 * A request that is sent repeatedly, such as for the content of a list. Only the latest one counts: an answer to an
 * older one is ignored, even if it comes later. Never rejects; `problem` is the error of the latest request.
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
    /** Ignores the answer to the running request. */
    cancel(): void {
      latest++;
      batch(() => {
        busy.value = false;
        problem.value = undefined;
      });
    },
  };
};
