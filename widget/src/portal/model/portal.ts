import { createModel, effect, untracked } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import type { Client } from '../../platform/client.ts';
import { createAccount } from './account.ts';
import { createAppointments } from './appointments.ts';
import { Calls } from './calls.ts';
import { createEntry } from './entry.ts';
import { createRecords } from './records.ts';
import { createRooms } from './rooms.ts';
import { createTranscripts } from './transcripts.ts';
import { createUsers } from './users.ts';

/** The models of the home screen. They forget everything when another user signs in. */
export const Portal = createModel(
  (client: Client, app: Pick<AppModel, 'identity' | 'admissions' | 'openLobby' | 'calls'>) => {
    const { identity, admissions, openLobby } = app;
    const rooms = createRooms(client);
    const appointments = createAppointments(client, () => Date.now() + identity.clockOffset.peek());
    const records = createRecords(client);
    const users = createUsers(client, identity);
    const calls = new Calls({ client, identity, calls: app.calls });
    let of = identity.user.peek()?.id;
    effect(() => {
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
      transcripts: createTranscripts(client),
    };
  },
);
export type PortalModel = InstanceType<typeof Portal>;
