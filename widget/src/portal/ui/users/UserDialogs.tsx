import type { CompanyUser } from '../../model/users.ts';
import { createResetForm, createUserForm } from '../../view/userForms.ts';
import { Confirm } from '../Confirm.tsx';
import { usePortal } from '../context.ts';
import { FormDialog } from '../form/FormDialog.tsx';

export type OpenUserDialog = { kind: 'add' } | { kind: 'edit' | 'reset' | 'delete'; user: CompanyUser };

type Props = { open: OpenUserDialog; onClose: () => void };

/** The dialog that is open: one at a time. */
export function UserDialogs({ open, onClose }: Props) {
  const { app, portal } = usePortal();
  const { users } = portal;
  const own = { level: app.identity.level.value, id: app.identity.user.value?.id };
  switch (open.kind) {
    case 'add':
      return <FormDialog create={() => createUserForm(users, undefined, own)} onClose={onClose} />;
    case 'edit':
      return <FormDialog create={() => createUserForm(users, open.user, own)} onClose={onClose} />;
    case 'reset':
      return <FormDialog create={() => createResetForm(users, open.user)} onClose={onClose} />;
    case 'delete': {
      const { id, name } = open.user;
      return (
        <Confirm
          title="users.delete"
          text={{ key: 'users.deleteText', params: { name } }}
          run={() => users.remove(id)}
          done={{ key: 'users.deleted', params: { name } }}
          onClose={onClose}
        />
      );
    }
  }
}
