import { useMemo } from 'preact/hooks';
import type { CompanyUser } from '../../../model/home/users.ts';
import { leastPassword } from '../../../view/home/password.ts';
import { levelsFor, levelText } from '../../../view/home/roles.ts';
import { createUserForm } from '../../../view/home/userForm.ts';
import { useHome } from '../context.ts';
import { PasswordField, SelectField, TextField } from '../Field.tsx';
import { FormDialog } from '../FormDialog.tsx';
import parts from '../parts.module.css';

/** Adds somebody to the company, or changes them. */
export function UserForm({ user, onClose }: { user: CompanyUser | undefined; onClose: () => void }) {
  const { t, app, home, say } = useHome();
  // What was typed outlives every new rendering.
  const form = useMemo(() => createUserForm(home.users, user), []);
  const { level, user: self } = app.session;
  const levels = levelsFor(level.value);
  return (
    <FormDialog
      title={t(user ? 'users.edit' : 'users.new')}
      form={form}
      action={t(user ? 'common.save' : 'users.add')}
      testId="user-form"
      onDone={() => {
        onClose();
        say({ key: user ? 'users.saved' : 'users.added', params: { name: form.values.peek().name } });
      }}
      onClose={onClose}
    >
      <TextField form={form} name="name" label={t('user.name')} testId="user-name" autocomplete="off" maxLength={100} />
      {!user && (
        <div class={parts.pair}>
          <TextField
            form={form}
            name="account"
            label={t('user.account')}
            testId="user-account"
            autocomplete="off"
            autocapitalize="none"
            maxLength={100}
          />
          <PasswordField
            form={form}
            name="password"
            label={t('users.password')}
            hint={t('password.hint', { count: leastPassword })}
            testId="user-password"
            autocomplete="new-password"
            maxLength={200}
          />
        </div>
      )}
      <div class={parts.pair}>
        <TextField
          form={form}
          name="email"
          label={t('user.email')}
          testId="user-email"
          type="email"
          autocomplete="off"
          maxLength={200}
        />
        <TextField
          form={form}
          name="phone"
          label={t('user.phone')}
          testId="user-phone"
          type="tel"
          autocomplete="off"
          maxLength={40}
        />
      </div>
      <SelectField
        form={form}
        name="level"
        label={t('user.level')}
        hint={user?.id === self.value?.id ? t('users.ownLevel') : undefined}
        testId="user-level"
        disabled={user !== undefined && user.id === self.value?.id}
        options={levels.map((value) => ({ value, label: t(levelText(value)) }))}
      />
    </FormDialog>
  );
}
