import { effect, untracked } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { Admissions } from '../admissions.ts';
import type { SessionModel } from '../types.ts';
import { createAccount } from './account.ts';
import { createAppointments } from './appointments.ts';
import { createEntrance } from './entrance.ts';
import { createRecords } from './records.ts';
import { createRooms } from './rooms.ts';
import { createUsers } from './users.ts';

export type HomeModel = ReturnType<typeof createHome>;

/** The models of the home screen. They forget everything when somebody else signs in. */
export const createHome = (deps: {
  client: Client;
  admissions: Admissions;
  session: SessionModel;
  openLobby: (roomId: number) => Promise<void>;
}) => {
  const { client, session } = deps;
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
    entrance: createEntrance(client, deps.admissions, deps.openLobby),
    dispose,
  };
};
