import { useMemo } from 'preact/hooks';
import { createForm } from '../../../view/home/form.ts';
import { leastPassword, passwordComplaint } from '../../../view/home/password.ts';
import { useHome } from '../context.ts';
import { PasswordField } from '../Field.tsx';
import { FormDialog } from '../FormDialog.tsx';

export function ChangePassword({ onClose }: { onClose: () => void }) {
  const { t, app, home, say } = useHome();
  const form = useMemo(
    () =>
      createForm({
        initial: { oldpassword: '', password: '', again: '' },
        check: ({ oldpassword, password, again }) => ({
          ...(oldpassword === '' && { oldpassword: { key: 'password.oldMissing' } }),
          ...passwordComplaint(password),
          ...(again !== password && { again: { key: 'password.different' } }),
        }),
        async send({ oldpassword, password }) {
          const outcome = await home.account.changePassword(oldpassword, password);
          if (outcome === 'wrong') return { oldpassword: { key: 'password.oldWrong' } };
          return outcome === 'none' ? { form: { key: 'password.none' } } : undefined;
        },
      }),
    [home],
  );
  return (
    <FormDialog
      title={t('account.password')}
      form={form}
      action={t('password.change')}
      testId="change-password"
      onDone={() => {
        onClose();
        say({ key: 'password.changed' });
      }}
      onClose={onClose}
    >
      {/* Tells the browser's password manager whose password changes. */}
      <input type="text" autocomplete="username" value={app.session.user.value?.account ?? ''} readOnly hidden />
      <PasswordField
        form={form}
        name="oldpassword"
        label={t('password.old')}
        testId="password-old"
        autocomplete="current-password"
        maxLength={200}
      />
      <PasswordField
        form={form}
        name="password"
        label={t('password.new')}
        hint={t('password.hint', { count: leastPassword })}
        testId="password-new"
        autocomplete="new-password"
        maxLength={200}
      />
      <PasswordField
        form={form}
        name="again"
        label={t('password.again')}
        testId="password-again"
        autocomplete="new-password"
        maxLength={200}
      />
    </FormDialog>
  );
}
