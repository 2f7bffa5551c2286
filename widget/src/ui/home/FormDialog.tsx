import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Form } from '../../view/home/form.ts';
import { Button } from '../controls/Button.tsx';
import { Note } from '../controls/Note.tsx';
import { useHome } from './context.ts';
import styles from './Dialog.module.css';
import { Dialog, DialogActions, DialogBody } from './Dialog.tsx';

type Props<V> = {
  title: string;
  form: Form<V>;
  /** On the button that sends. */
  action: string;
  testId: string;
  isWide?: boolean;
  onDone: () => void;
  onClose: () => void;
  children: ComponentChildren;
};

/** Brings whoever tried to the first field that is wrong, after each refusal. */
export function useRefusals<V>(form: Form<V>) {
  const element = useRef<HTMLFormElement>(null);
  const refusals = form.refusals.value;
  useEffect(() => {
    if (refusals > 0) element.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusals]);
  return element;
}

/** What is wrong with the whole. */
export function Complaint<V>({ form }: { form: Form<V> }) {
  const { t } = useHome();
  const complaint = form.complaints.value.form;
  if (!complaint) return null;
  return (
    <Note tone="bad" role="alert" testId="form-problem">
      {t(complaint.key, complaint.params)}
    </Note>
  );
}

export function FormDialog<V>({ title, form, action, testId, isWide, onDone, onClose, children }: Props<V>) {
  const { t } = useHome();
  const element = useRefusals(form);
  const isBusy = form.busy.value;
  return (
    <Dialog title={title} onClose={onClose} testId={testId} isWide={isWide ?? false}>
      <form
        ref={element}
        class={styles.form}
        noValidate
        onSubmit={async (event) => {
          event.preventDefault();
          if (await form.submit()) onDone();
        }}
      >
        <DialogBody>
          {children}
          <Complaint form={form} />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" data-testid="submit" disabled={isBusy} aria-busy={isBusy}>
            {action}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
