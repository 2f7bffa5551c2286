import { useMemo } from 'preact/hooks';
import type { CompanyUser } from '../../../model/home/users.ts';
import { createForm } from '../../../view/home/form.ts';
import { leastPassword, passwordComplaint } from '../../../view/home/password.ts';
import { Confirm } from '../Confirm.tsx';
import { useHome } from '../context.ts';
import { PasswordField } from '../Field.tsx';
import { FormDialog } from '../FormDialog.tsx';
import parts from '../parts.module.css';
import { UserForm } from './UserForm.tsx';

export type OpenUserDialog = { kind: 'add' } | { kind: 'edit' | 'reset' | 'delete'; user: CompanyUser };

/** The dialog that is open: one at a time. */
export function UserDialogs({
  open,
  show,
}: {
  open: OpenUserDialog;
  show: (dialog: OpenUserDialog | undefined) => void;
}) {
  const { t, home, say } = useHome();
  const close = () => show(undefined);
  switch (open.kind) {
    case 'add':
      return <UserForm user={undefined} onClose={close} />;
    case 'edit':
      return <UserForm user={open.user} onClose={close} />;
    case 'reset':
      return <ResetPassword user={open.user} onClose={close} />;
    case 'delete':
      return (
        <Confirm
          title={t('users.delete')}
          action={t('common.delete')}
          run={async () => {
            await home.users.remove(open.user.id);
            return undefined;
          }}
          onDone={() => {
            close();
            say({ key: 'users.deleted', params: { name: open.user.name } });
          }}
          onClose={close}
        >
          {t('users.deleteText', { name: open.user.name })}
        </Confirm>
      );
  }
}

/** A new password for somebody who forgot theirs. */
function ResetPassword({ user, onClose }: { user: CompanyUser; onClose: () => void }) {
  const { t, home, say } = useHome();
  const form = useMemo(
    () =>
      createForm<{ password: string }>({
        initial: { password: '' },
        check: ({ password }) => passwordComplaint(password),
        async send({ password }) {
          return (await home.users.resetPassword(user.id, password)) ? undefined : { form: { key: 'users.resetNone' } };
        },
      }),
    [home, user.id],
  );
  return (
    <FormDialog
      title={t('users.reset')}
      form={form}
      action={t('users.resetAction')}
      testId="reset-form"
      onDone={() => {
        onClose();
        say({ key: 'users.resetDone', params: { name: user.name } });
      }}
      onClose={onClose}
    >
      <p class={parts.prose}>{t('users.resetText', { name: user.name })}</p>
      <PasswordField
        form={form}
        name="password"
        label={t('password.new')}
        hint={t('password.hint', { count: leastPassword })}
        testId="reset-new"
        autocomplete="new-password"
        maxLength={200}
      />
    </FormDialog>
  );
}
