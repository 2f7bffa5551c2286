import { effect, untracked } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import type { Client } from '../../platform/client.ts';
import { createAccount } from './account.ts';
import { createAppointments } from './appointments.ts';
import { createEntry } from './entry.ts';
import { createRecords } from './records.ts';
import { createRooms } from './rooms.ts';
import { createUsers } from './users.ts';

export type PortalModel = ReturnType<typeof createPortalModel>;

/** The models of the home screen. They forget everything when another user signs in. */
export const createPortalModel = (
  client: Client,
  { identity, admissions, openLobby }: Pick<AppModel, 'identity' | 'admissions' | 'openLobby'>,
) => {
  const rooms = createRooms(client);
  const appointments = createAppointments(client, () => Date.now() + identity.clockOffset.peek());
  const records = createRecords(client);
  const users = createUsers(client, identity);
  let of = identity.user.peek()?.id;
  const dispose = effect(() => {
    const userId = identity.user.value?.id;
    if (userId === of) return;
    of = userId;
    untracked(() => {
      for (const each of [rooms, appointments, records, users]) each.reset();
    });
  });
  return {
    rooms,
    appointments,
    records,
    users,
    account: createAccount(client, identity),
    entry: createEntry({ client, admissions, openLobby }),
    dispose,
  };
};
