import { effect, untracked } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import type { Client } from '../../platform/client.ts';
import { createAccount } from './account.ts';
import { createAppointments } from './appointments.ts';
import { createCalls } from './calls.ts';
import { createEntry } from './entry.ts';
import { createRecords } from './records.ts';
import { createRooms } from './rooms.ts';
import { createUsers } from './users.ts';

export type PortalModel = ReturnType<typeof createPortalModel>;

/** The models of the home screen. They forget everything when another user signs in. */
export const createPortalModel = (
  client: Client,
  { identity, admissions, openLobby, calls: model }: Pick<AppModel, 'identity' | 'admissions' | 'openLobby' | 'calls'>,
) => {
  const rooms = createRooms(client);
  const appointments = createAppointments(client, () => Date.now() + identity.clockOffset.peek());
  const records = createRecords(client);
  const users = createUsers(client, identity);
  const calls = createCalls({ client, identity, calls: model });
  let of = identity.user.peek()?.id;
  const stop = effect(() => {
    const userId = identity.user.value?.id;
    if (userId === of) return;
    of = userId;
    untracked(() => {
      for (const each of [rooms, appointments, records, users, calls]) each.reset();
    });
  });
  return {
    rooms,
    appointments,
    records,
    users,
    calls,
    account: createAccount(client, identity),
    entry: createEntry({ client, admissions, openLobby }),
    /** Makes a model of a screen that is loaded later. */
    make: <Made>(create: (client: Client) => Made): Made => create(client),
    dispose(): void {
      stop();
      calls.dispose();
    },
  };
};
