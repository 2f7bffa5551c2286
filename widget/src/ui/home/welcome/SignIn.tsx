import { useEffect, useMemo } from 'preact/hooks';
import { createForm } from '../../../view/home/form.ts';
import { Button } from '../../controls/Button.tsx';
import { Note } from '../../controls/Note.tsx';
import { useHome } from '../context.ts';
import { PasswordField, TextField } from '../Field.tsx';
import { Complaint, useRefusals } from '../FormDialog.tsx';
import styles from './Welcome.module.css';

export function SignIn() {
  const { t, app } = useHome();
  const { session } = app;
  const form = useMemo(
    () =>
      createForm<{ account: string; password: string }>({
        initial: { account: '', password: '' },
        check: ({ account, password }) => ({
          ...(account.trim() === '' && { account: { key: 'signIn.accountMissing' } }),
          ...(password === '' && { password: { key: 'signIn.passwordMissing' } }),
        }),
        async send({ account, password }) {
          const { result } = await session.login({ name: account.trim(), password });
          return result === 0 ? {} : { form: { key: 'signIn.wrong' } };
        },
        fieldOf: (field) => (field === 'name' ? 'account' : undefined),
      }),
    [session],
  );
  const element = useRefusals(form);
  const wrong = form.complaints.value.form;
  useEffect(() => {
    if (wrong) element.current?.querySelector<HTMLInputElement>('[data-testid="sign-in-password"]')?.select();
  }, [wrong, element]);
  const isBusy = form.busy.value;
  return (
    <form
      ref={element}
      class={styles.fields}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void form.submit();
      }}
    >
      {session.endedElsewhere.value && !wrong && (
        <Note tone="warning" testId="session-ended">
          {t('signIn.ended')}
        </Note>
      )}
      <TextField
        form={form}
        name="account"
        label={t('signIn.account')}
        testId="sign-in-account"
        autocomplete="username"
        autocapitalize="none"
        maxLength={100}
      />
      <PasswordField
        form={form}
        name="password"
        label={t('signIn.password')}
        testId="sign-in-password"
        autocomplete="current-password"
        maxLength={200}
      />
      <Complaint form={form} />
      <Button type="submit" look="primary" isWide data-testid="sign-in" disabled={isBusy} aria-busy={isBusy}>
        {t(isBusy ? 'signIn.busy' : 'signIn.action')}
      </Button>
    </form>
  );
}
