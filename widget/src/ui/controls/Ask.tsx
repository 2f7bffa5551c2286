import { useText } from '../text.ts';
import { Button } from './Button.tsx';
import styles from './Dialog.module.css';
import { Dialog, DialogActions, DialogBody } from './Dialog.tsx';
import { Note } from './Note.tsx';
import { type Outcome, useAction } from './useAction.ts';

type Props = {
  title: string;
  text: string;
  /** On the button that does it. */
  action: string;
  testId: string;
  run: () => Promise<Outcome>;
  onDone?: () => void;
  onClose: () => void;
};

/** Asks before what cannot be undone. */
export function Ask({ title, text, action, testId, run, onDone, onClose }: Props) {
  const t = useText();
  const { isBusy, problem, go } = useAction(() => {
    onClose();
    onDone?.();
  });
  return (
    <Dialog title={title} onClose={onClose} testId={testId} isLight>
      <DialogBody>
        <p class={styles.prose}>{text}</p>
        {problem && (
          <Note tone="bad" role="alert" testId="form-problem">
            {problem}
          </Note>
        )}
      </DialogBody>
      <DialogActions>
        <Button autofocus onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <Button
          look="danger"
          data-testid={`${testId}-yes`}
          disabled={isBusy}
          aria-busy={isBusy}
          onClick={() => void go(run)}
        >
          {action}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
