import { useSignal } from '@preact/signals';
import { Button } from '../../ui/controls/Button.tsx';
import styles from '../../ui/controls/Dialog.module.css';
import { Dialog, DialogActions, DialogBody } from '../../ui/controls/Dialog.tsx';
import { Note } from '../../ui/controls/Note.tsx';
import { problemOf } from '../view/problem.ts';
import type { PortalTextKey, Text } from '../view/text.ts';
import { usePortal } from './context.ts';

type Props = {
  title: PortalTextKey;
  text: Text;
  action?: PortalTextKey;
  /** False when the action is refused; `refused` is the text for it. */
  run: () => Promise<boolean>;
  refused?: PortalTextKey;
  /** Text of the notification after success. */
  done: Text;
  onClose: () => void;
};

/** Asks for confirmation before an action that cannot be undone. */
export function Confirm({ title, text, action = 'common.delete', run, refused, done, onClose }: Props) {
  const { t, notify } = usePortal();
  const isBusy = useSignal(false);
  const problem = useSignal<Text | undefined>(undefined);

  async function go(): Promise<void> {
    isBusy.value = true;
    problem.value = undefined;
    try {
      if (await run()) {
        onClose();
        notify(done);
      } else if (refused) problem.value = { key: refused };
    } catch (error) {
      problem.value = problemOf(error);
    }
    isBusy.value = false;
  }

  return (
    <Dialog title={t(title)} onClose={onClose} testId="confirm" isLight>
      <DialogBody>
        <p class={styles.prose}>{t(text)}</p>
        {problem.value && (
          <Note tone="bad" role="alert" testId="form-problem">
            {t(problem.value)}
          </Note>
        )}
      </DialogBody>
      <DialogActions>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
        <Button look="danger" data-testid="confirm-yes" disabled={isBusy.value} aria-busy={isBusy.value} onClick={go}>
          {t(action)}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
