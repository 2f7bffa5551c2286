import { useSignal } from '@preact/signals';

/** What went wrong, as a text for the user; nothing after success. */
export type Outcome = string | undefined;

/** Runs the action of a dialog: `onDone` after success, else `problem` says what went wrong. */
export function useAction(onDone: () => void) {
  const isBusy = useSignal(false);
  const problem = useSignal<Outcome>(undefined);
  const go = async (action: () => Promise<Outcome>): Promise<void> => {
    isBusy.value = true;
    problem.value = undefined;
    problem.value = await action();
    isBusy.value = false;
    if (problem.value === undefined) onDone();
  };
  return { isBusy: isBusy.value, problem: problem.value, go };
}
