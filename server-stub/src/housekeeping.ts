import type { makeAccounts } from './account/account.ts';
import type { makeAppointments } from './appointments/appointments.ts';
import { forgetGuests } from './calls/forgetGuests.ts';
import type { Config } from './config.ts';
import type { Devices } from './gateway/devices.ts';
import { endRevoked } from './gateway/revocation.ts';
import type { Log } from './log.ts';
import type { ChatFiles } from './meeting/files/chatFiles.ts';
import type { makeJournal } from './meeting/journal.ts';
import type { Meetings } from './meeting/meetings.ts';
import type { Records } from './records/records.ts';
import type { Uploads } from './records/uploads.ts';
import type { makeRooms } from './rooms/rooms.ts';
import type { Store } from './store/store.ts';
import type { makeThrottles } from './throttle/throttles.ts';

const day = 24 * 3600_000;
/** How long a cancelled appointment is kept, so that its link can still say that it was cancelled. */
const keepCancelled = 30 * day;
/** How often sessions that were ended elsewhere are looked for, in milliseconds. */
const revokeEvery = 5000;

type Parts = {
  store: Store;
  config: Pick<Config, 'CHAT_KEEP_MS' | 'RECORD_KEEP_DAYS' | 'RECORD_KEEP_GB' | 'TEMP_ROOM_MS'>;
  log: Log;
  accounts: ReturnType<typeof makeAccounts>;
  appointments: ReturnType<typeof makeAppointments>;
  chatFiles: ChatFiles;
  devices: Devices;
  journal: ReturnType<typeof makeJournal>;
  meetings: Meetings;
  outboxes: readonly { sweep(): Promise<void> }[];
  records: Records;
  rooms: ReturnType<typeof makeRooms>;
  throttles: ReturnType<typeof makeThrottles>;
  uploads: Uploads;
};

/** Regular tasks of a running server: deletes old data, marks rooms and meetings as in use, and ends sessions that were ended elsewhere. */
export const startHousekeeping = (parts: Parts) => {
  const { store, config, log, accounts, devices, journal, meetings, records, rooms } = parts;
  const timers: ReturnType<typeof setInterval>[] = [];
  const repeat = (every: number, failure: string, work: () => Promise<unknown>): void => {
    const step = () => work().catch((error) => log.warn({ err: error }, failure));
    timers.push(setInterval(step, every));
  };

  repeat(60_000, 'old data could not be removed', () =>
    Promise.all([
      parts.appointments.removeCancelled(Date.now() - keepCancelled),
      journal.forget(Date.now() - config.CHAT_KEEP_MS),
      accounts.removeExpired(),
      parts.throttles.sweep(),
      records.removeLeftovers(),
      records.expire({
        before: config.RECORD_KEEP_DAYS === undefined ? undefined : Date.now() - config.RECORD_KEEP_DAYS * day,
        bytes: config.RECORD_KEEP_GB === undefined ? undefined : config.RECORD_KEEP_GB * 1e9,
      }),
      parts.uploads.endIdle(),
      parts.chatFiles.tidy(),
      ...parts.outboxes.map((each) => each.sweep()),
      forgetGuests(
        store,
        devices.all().flatMap(({ guest }) => guest?.user.id ?? []),
      ),
    ]),
  );

  // Often enough that no other server removes a room as unused while it has participants, and that a killed server loses little.
  const keepEvery = Math.min(60_000, Math.max(config.TEMP_ROOM_MS / 4, 100));
  repeat(keepEvery, 'the use of meetings and temporary rooms could not be stored', async () => {
    await Promise.all([meetings.seen(), rooms.touchTemporary(meetings.rooms())]);
    await Promise.all([rooms.removeStale(), journal.endLost()]);
  });

  repeat(revokeEvery, 'revoked sessions could not be checked', () => endRevoked(accounts, devices, meetings));

  return {
    close(): void {
      for (const timer of timers) clearInterval(timer);
    },
  };
};
