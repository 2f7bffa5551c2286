import type { Room } from '@meetframe/contract';
import { useMemo } from 'preact/hooks';
import { createForm } from '../../../view/home/form.ts';
import { useHome } from '../context.ts';
import { PasswordField } from '../Field.tsx';
import { FormDialog } from '../FormDialog.tsx';
import parts from '../parts.module.css';

/** Sets, changes or takes away what a room asks for at its door. */
export function RoomPassword({ room, onClose }: { room: Room; onClose: () => void }) {
  const { t, home, say } = useHome();
  // What was typed outlives every new rendering.
  const form = useMemo(
    () =>
      createForm<{ password: string }>({
        initial: { password: '' },
        check: ({ password }) =>
          password === '' && !room.isHasPwd ? { password: { key: 'rooms.passwordMissing' } } : {},
        async send({ password }) {
          await home.rooms.setPassword(room.id, password);
        },
      }),
    [],
  );
  const removes = room.isHasPwd && form.values.value.password === '';
  return (
    <FormDialog
      title={t('rooms.passwordOf', { name: room.name })}
      form={form}
      action={t(removes ? 'rooms.passwordRemove' : 'common.save')}
      testId="room-password-form"
      onDone={() => {
        onClose();
        say({ key: removes ? 'rooms.passwordRemoved' : 'rooms.passwordSaved' });
      }}
      onClose={onClose}
    >
      <p class={parts.prose}>{t(room.isHasPwd ? 'rooms.passwordHas' : 'rooms.passwordText')}</p>
      <PasswordField
        form={form}
        name="password"
        label={t('rooms.passwordNew')}
        hint={room.isHasPwd ? t('rooms.passwordHint') : undefined}
        testId="room-password-new"
        autocomplete="off"
        maxLength={200}
      />
    </FormDialog>
  );
}
