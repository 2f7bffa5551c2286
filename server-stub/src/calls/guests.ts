import { randomUUID } from 'node:crypto';
import type { Caller, CallingDevice, Guest } from '../account/caller.ts';
import { fail } from '../errors.ts';
import { newUser } from '../store/newUser.ts';
import type { Store } from '../store/store.ts';
import type { Limit } from '../throttle/limit.ts';
import { networkOf } from '../throttle/source.ts';
import type { UserRow } from '../users/tables.ts';
import { isThere, type NodeDevices } from './parties.ts';

type Parts = {
  store: Store;
  devices: NodeDevices;
  /** How many guests a network may make up. */
  making: Pick<Limit, 'take'>;
  /** Makes the device that of the guest. */
  become(device: CallingDevice, guest: Guest): void;
};

/** The calling user or guest. */
export const inCalls = ({ user, device }: Caller): UserRow =>
  user ?? device?.guest?.user ?? fail('UNAUTHENTICATED', 'This needs a login, or a registration for calls (4.9).');
/** Refuses an id that a call gives as the caller's own but that is not the caller's. */
export const requireOwnId = ({ user, device }: Caller, ownUserId: number | undefined, field: string): void => {
  if (ownUserId !== undefined && ownUserId !== (user?.id ?? device?.guest?.id))
    fail('FORBIDDEN', `${field} is not the id of the caller.`, { field });
};

/**
 * Guests: people who are called without a login (`logout: true`, 2.1). The page of an app chooses an id, which identifies the guest within
 * that app as long as the device exists. In the code of calls a guest is a user whose row in `user` is no account.
 */
export const makeGuests = ({ store, devices, making, become }: Parts) => {
  const find = (appId: string, guestId: number): Promise<UserRow | undefined> =>
    store
      .selectFrom('call_guest')
      .innerJoin('user', 'user.id', 'call_guest.userId')
      .selectAll('user')
      .where('call_guest.appId', '=', appId)
      .where('guestId', '=', guestId)
      .executeTakeFirst();

  /** Finds a guest for a device and marks it as in use, so that `forgetGuests` does not remove it. */
  const use = async (appId: string, guestId: number): Promise<UserRow | undefined> => {
    await store
      .updateTable('call_guest')
      .set({ usedAt: Date.now() })
      .where('appId', '=', appId)
      .where('guestId', '=', guestId)
      .execute();
    return await find(appId, guestId);
  };

  const make = async ({ app, ip }: CallingDevice, guestId: number): Promise<UserRow> => {
    await making.take(networkOf(ip));
    try {
      return await store.transaction().execute(async (all) => {
        const row = await all
          .insertInto('user')
          .values(
            newUser({
              account: `guest ${randomUUID()}`,
              name: String(guestId),
              role: 'attendee',
              companyId: app.companyId,
              appId: app.id,
              deletedAt: Date.now(),
            }),
          )
          .returningAll()
          .executeTakeFirstOrThrow();
        await all
          .insertInto('call_guest')
          .values({ userId: row.id, appId: app.id, guestId, usedAt: Date.now() })
          .execute();
        return row;
      });
    } catch (error) {
      // Another device of the app made the same guest at this moment.
      const row = await find(app.id, guestId);
      if (row) return row;
      throw error;
    }
  };

  return {
    find,

    /**
     * Makes a device that of the guest with this id of its app.
     *
     * @throws RTCPeerError `CONFLICT` when a user of the app's company has the id, or another living device registered it
     */
    async register(device: CallingDevice, guestId: number): Promise<Guest> {
      const { app } = device;
      const refuse = (): never =>
        fail('CONFLICT', `The id ${guestId} is taken; choose another one.`, { field: 'userId' });
      const user = await store
        .selectFrom('user')
        .select('id')
        .where('id', '=', guestId)
        .where('companyId', '=', app.companyId)
        .where('deletedAt', 'is', null)
        .executeTakeFirst();
      if (user) refuse();
      const row = (await use(app.id, guestId)) ?? (await make(device, guestId));
      if (devices.ofUser(row.id).some((other) => other !== device && isThere(other))) refuse();
      const guest = { id: guestId, user: row };
      // No `await` since the check, so that only one of two devices gets the id.
      become(device, guest);
      return guest;
    },
  };
};
export type Guests = ReturnType<typeof makeGuests>;
