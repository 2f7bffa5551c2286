import type { User } from '@meetframe/contract';
import { useMemo } from 'preact/hooks';
import { createForm } from '../../../view/home/form.ts';
import { useHome } from '../context.ts';
import { TextField } from '../Field.tsx';
import { FormDialog } from '../FormDialog.tsx';

export function ProfileDialog({ user, onClose }: { user: User; onClose: () => void }) {
  const { t, home, say } = useHome();
  // What is being typed is not lost when the account changes meanwhile.
  const form = useMemo(
    () =>
      createForm({
        initial: { name: user.name, email: user.email ?? '', phone: user.phone ?? '' },
        check: ({ name }) => (name.trim() === '' ? { name: { key: 'user.nameMissing' } } : {}),
        async send(values) {
          await home.account.modify(values);
        },
      }),
    [],
  );
  return (
    <FormDialog
      title={t('account.profile')}
      form={form}
      action={t('common.save')}
      testId="profile"
      onDone={() => {
        onClose();
        say({ key: 'account.profileSaved' });
      }}
      onClose={onClose}
    >
      <TextField
        form={form}
        name="name"
        label={t('user.name')}
        testId="profile-name"
        autocomplete="name"
        maxLength={100}
      />
      <TextField
        form={form}
        name="email"
        label={t('user.email')}
        testId="profile-email"
        type="email"
        autocomplete="email"
        maxLength={200}
      />
      <TextField
        form={form}
        name="phone"
        label={t('user.phone')}
        testId="profile-phone"
        type="tel"
        autocomplete="tel"
        maxLength={40}
      />
    </FormDialog>
  );
}
