import { effect, untracked } from '@preact/signals';
import type { FullApp } from '../../model/screens.ts';
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
  { session, admissions, openLobby }: Pick<FullApp, 'session' | 'admissions' | 'openLobby'>,
) => {
  const rooms = createRooms(client);
  const appointments = createAppointments(client, () => Date.now() + session.clockOffset.peek());
  const records = createRecords(client);
  const users = createUsers(client, session);
  let of = session.user.peek()?.id;
  const dispose = effect(() => {
    const userId = session.user.value?.id;
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
    account: createAccount(client, session),
    entry: createEntry({ client, admissions, openLobby }),
    dispose,
  };
};
