import type { ComponentProps } from 'preact';
import { useMemo } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import styles from '../../../ui/controls/Dialog.module.css';
import { Dialog, DialogActions, DialogBody } from '../../../ui/controls/Dialog.tsx';
import type { DialogForm } from '../../view/form.ts';
import { usePortal } from '../context.ts';
import { Fields } from './Fields.tsx';
import { Form, Submit } from './Form.tsx';

type Props<V> = {
  /** Called once, so that typed text is kept when the dialog renders again. */
  create: () => DialogForm<V>;
  /** It destroys something. */
  isGrave?: boolean;
  onClose: () => void;
};

/** A form in a dialog, which closes when the form was sent. */
export function FormDialog<V>({ create, isGrave = false, onClose }: Props<V>) {
  const { notify } = usePortal();
  const form = useMemo(create, []);
  const onDone = () => {
    onClose();
    if (form.done) notify(form.done(form.values.peek()));
  };
  return <DialogWithForm form={form} isGrave={isGrave} onDone={onDone} onClose={onClose} />;
}

type FormProps<V> = {
  form: DialogForm<V>;
  own?: ComponentProps<typeof Fields<V>>['own'];
  isWide?: boolean;
  isGrave?: boolean;
  onDone: () => void;
  onClose: () => void;
};

export function DialogWithForm<V>({ form, own, isWide = false, isGrave = false, onDone, onClose }: FormProps<V>) {
  const { t } = usePortal();
  return (
    <Dialog title={t(form.title)} onClose={onClose} testId={form.testId} isWide={isWide}>
      <Form form={form} class={styles.form} onDone={onDone}>
        <DialogBody>
          {form.intro && <p class={styles.prose}>{t(form.intro)}</p>}
          <Fields form={form} {...(own && { own })} />
        </DialogBody>
        <DialogActions>
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Submit form={form} look={isGrave ? 'danger' : 'primary'} testId={isGrave ? 'confirm-yes' : 'submit'}>
            {t(form.action(form.values.value))}
          </Submit>
        </DialogActions>
      </Form>
    </Dialog>
  );
}
