import { createModel, effect, untracked } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import type { Client } from '../../platform/client.ts';
import { Account } from './account.ts';
import { Appointments } from './appointments.ts';
import { Calls } from './calls.ts';
import { Entry } from './entry.ts';
import { Records } from './records.ts';
import { Rooms } from './rooms.ts';
import { Transcripts } from './transcripts.ts';
import { Users } from './users.ts';

/** The models of the home screen. They forget everything when another user signs in. */
export const Portal = createModel(
  (client: Client, app: Pick<AppModel, 'identity' | 'admissions' | 'openLobby' | 'calls'>) => {
    const { identity, admissions, openLobby } = app;
    const rooms = new Rooms(client);
    const appointments = new Appointments(client, () => Date.now() + identity.clockOffset.peek());
    const records = new Records(client);
    const users = new Users(client, identity);
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
      account: new Account(client, identity),
      entry: new Entry({ client, admissions, openLobby }),
      transcripts: new Transcripts(client),
    };
  },
);
export type PortalModel = InstanceType<typeof Portal>;
