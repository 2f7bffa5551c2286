import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { problemOf } from '../../view/home/problem.ts';
import type { Text } from '../../view/home/text.ts';
import { Button } from '../controls/Button.tsx';
import { Note } from '../controls/Note.tsx';
import { useHome } from './context.ts';
import { Dialog, DialogActions, DialogBody } from './Dialog.tsx';
import styles from './parts.module.css';

type Props = {
  title: string;
  action: string;
  /** Answers why it was refused where that is a result and not an error. */
  run: () => Promise<Text | undefined>;
  onDone: () => void;
  onClose: () => void;
  children: ComponentChildren;
};

/** Asks before something is done that cannot be undone. */
export function Confirm({ title, action, run, onDone, onClose, children }: Props) {
  const { t } = useHome();
  const isBusy = useSignal(false);
  const problem = useSignal<Text | undefined>(undefined);

  async function go(): Promise<void> {
    isBusy.value = true;
    problem.value = undefined;
    try {
      const refused = await run();
      if (refused) problem.value = refused;
      else onDone();
    } catch (error) {
      problem.value = problemOf(error);
    }
    isBusy.value = false;
  }

  return (
    <Dialog title={title} onClose={onClose} testId="confirm" isLight>
      <DialogBody>
        <p class={styles.prose}>{children}</p>
        {problem.value && (
          <Note tone="bad" role="alert" testId="form-problem">
            {t(problem.value.key, problem.value.params)}
          </Note>
        )}
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="danger" data-testid="confirm-yes" disabled={isBusy.value} aria-busy={isBusy.value} onClick={go}>
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
