import { RTCPeerError } from '@meetframe/contract';
import { batch, signal } from '@preact/signals';

/**
 * Something that is asked again and again, such as the content of a list. Only the newest question counts: an answer to an
 * older one, which may come later, is dropped. Never rejects; why an answer is missing stands in `problem`.
 */
export const createQuestion = () => {
  const busy = signal(false);
  const problem = signal<RTCPeerError | undefined>(undefined);
  let newest = 0;
  return {
    busy,
    problem,
    async ask<T>(question: () => Promise<T>, take: (answer: T) => void): Promise<void> {
      const own = ++newest;
      busy.value = true;
      try {
        const answer = await question();
        if (own === newest)
          batch(() => {
            take(answer);
            problem.value = undefined;
          });
      } catch (error) {
        if (own === newest) problem.value = RTCPeerError.from(error);
      } finally {
        if (own === newest) busy.value = false;
      }
    },
    /** Forgets what is under way. */
    drop(): void {
      newest++;
      batch(() => {
        busy.value = false;
        problem.value = undefined;
      });
    },
  };
};
