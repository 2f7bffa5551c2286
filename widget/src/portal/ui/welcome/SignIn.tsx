import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Note } from '../../../ui/controls/Note.tsx';
import { createSignInForm } from '../../view/welcomeForms.ts';
import { usePortal } from '../context.ts';
import { Fields } from '../form/Fields.tsx';
import { Form, Submit } from '../form/Form.tsx';
import styles from './Welcome.module.css';

export function SignIn() {
  const { t, app } = usePortal();
  const { identity } = app;
  const form = useMemo(() => createSignInForm(identity), [identity]);
  const box = useRef<HTMLDivElement>(null);
  const wrong = form.complaints.value.form;
  useEffect(() => {
    if (wrong) box.current?.querySelector<HTMLInputElement>('[autocomplete="current-password"]')?.select();
  }, [wrong]);
  return (
    <div ref={box}>
      <Form form={form} class={styles.fields}>
        {identity.endedElsewhere.value && !wrong && (
          <Note tone="warning" testId="session-ended">
            {t('signIn.ended')}
          </Note>
        )}
        <Fields form={form} />
        <Submit form={form} look="primary" isWide testId="sign-in">
          {t(form.busy.value ? 'signIn.busy' : 'signIn.action')}
        </Submit>
      </Form>
    </div>
  );
}
