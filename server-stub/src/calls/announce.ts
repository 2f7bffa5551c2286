import type { WirePayload } from '@meetframe/contract/api';
import type { RoomType, User } from '@meetframe/contract/beans';
import type { CallReason } from '@meetframe/contract/calls';
import type { CallingDevice } from '../account/caller.ts';
import { steadyNow } from '../clock.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import { shownReason } from './outcome.ts';
import { both, type NodeDevices, opposite, type Parties, type Party, shownId, tell, typeOf } from './parties.ts';
import type { CallRow } from './tables.ts';

type OwnEvent = Pick<WirePayload<'call.doEvent'>, 'event'> & Partial<WirePayload<'call.doEvent'>>;
export type CalledToRoom = WirePayload<'call.toRoom'>;
type Ending = { reason: CallReason; by?: Party | undefined; device?: CallingDevice | undefined };

const nothingMore = { roomId: null, roomType: null, data: null };

/** Users as the other side of a call sees them, by id: without contacts. Guests have the id that their page chose. */
export const makePeople =
  (store: Store) =>
  async (userIds: readonly number[]): Promise<(userId: number) => User> => {
    const rows = await store
      .selectFrom('user')
      .leftJoin('company', 'company.id', 'user.companyId')
      .leftJoin('call_guest', 'call_guest.userId', 'user.id')
      .select(['user.id', 'guestId', 'account', 'user.name', 'photo', 'companyName', 'company.name as company'])
      .where((row) => (userIds.length > 0 ? row('user.id', 'in', userIds) : row.lit(false)))
      .execute();
    const known = new Map(
      rows.map(({ companyName, company, guestId, ...rest }): [number, User] => [
        rest.id,
        {
          ...rest,
          ...(guestId !== null && { id: guestId, account: String(guestId) }),
          ...{ email: null, phone: null, company: companyName ?? company },
        },
      ]),
    );
    return (userId) => known.get(userId) ?? fail('NOT_FOUND', `There is no user ${userId}.`);
  };
export type People = ReturnType<typeof makePeople>;

/** Sends the events of calls to the devices that take part in them. The steps of a call are in `calls.ts`. */
export const makeAnnouncements = (parts: {
  store: Store;
  devices: NodeDevices;
  parties: Parties;
  /** Tells the participants of the meeting in a room. */
  tellRoom: (roomId: number, called: CalledToRoom) => void;
}) => {
  const { devices, parties, tellRoom } = parts;
  const people = makePeople(parts.store);
  const person = async (userId: number): Promise<User> => (await people([userId]))(userId);
  const remaining = ({ expiresAt }: CallRow): number => Math.max(0, (expiresAt ?? steadyNow()) - steadyNow());

  /** The fields of an event that name its sender. Without a device the platform itself took the step. */
  const from = (row: CallRow, party: Party, device?: CallingDevice) => ({
    callId: row.id,
    ownUserId: shownId(row, party),
    ownDeviceType: device ? typeOf(device) : null,
  });

  /** Sends the state of a call to devices of one user: to all that take part in it unless `some` are given. */
  const changed = async (
    row: CallRow,
    party: Party,
    some: readonly CallingDevice[] = parties.of(row, party),
  ): Promise<void> => {
    if (some.length === 0) return;
    tell(some, 'call.changed', {
      callId: row.id,
      state: row.state,
      reason: shownReason(row.reason),
      outgoing: party.side === 'caller',
      peer: await person(opposite(row, party).userId),
      type: row.type as RoomType,
      roomId: row.roomId,
      remaining: row.state === 'connected' || row.state === 'ended' ? null : remaining(row),
    });
  };

  /** The event for the participants of the meeting into which a user is called. */
  const calledToRoom = async (row: CallRow): Promise<CalledToRoom> => {
    const { id, name, photo } = await person(row.calleeId);
    const isOpen = row.state === 'inviting' || row.state === 'ringing';
    return {
      callId: row.id,
      user: { id, name, photo },
      state: row.state,
      reason: shownReason(row.reason),
      remaining: isOpen ? remaining(row) : null,
    };
  };
  const toRoom = async (row: CallRow): Promise<void> => {
    if (row.roomId !== null) tellRoom(row.roomId, await calledToRoom(row));
  };

  const event = (
    row: CallRow,
    sender: Party,
    { targetDeviceType, device, ...said }: OwnEvent & { device?: CallingDevice; targetDeviceType?: string | null },
  ): void =>
    tell(
      parties.of(row, opposite(row, sender)),
      'call.doEvent',
      { ...nothingMore, ...from(row, sender, device), ...said },
      targetDeviceType,
    );

  return {
    changed,
    calledToRoom,
    /** An event of chapter 4 to the other side. */
    event,
    changedForBoth: async (row: CallRow): Promise<void> => {
      await Promise.all([...both(row).map((party) => changed(row, party)), toRoom(row)]);
    },

    /** Devices of the callee ring, all or those of one terminal type. `waiting`: the callee is in another call or meeting. */
    async invite(
      row: CallRow,
      some: readonly CallingDevice[],
      { type, waiting }: { type?: string | null | undefined; waiting: boolean },
    ): Promise<void> {
      const caller = devices.byId(row.callerDevice);
      const invitation = {
        ...from(row, { userId: row.callerId, side: 'caller' }, caller),
        type: row.type as RoomType,
        roomId: row.roomId as number,
        ownUser: await person(row.callerId),
        data: row.data,
        remaining: remaining(row),
        waiting,
      };
      tell(some, 'call.doInvite', invitation, type);
    },

    /** The callee accepted on `device`; `rang`: the devices that could have. */
    async agreed(row: CallRow, device: CallingDevice, rang: readonly CallingDevice[]): Promise<void> {
      const [caller, callee] = both(row);
      const more = { roomId: row.roomId as number, type: row.type as RoomType };
      tell(parties.of(row, caller), 'call.doAgree', { ...from(row, callee, device), ...more });
      const others = rang.filter((one) => one !== device);
      tell(others, 'call.cancel', { ...from(row, caller), reason: 'answeredElsewhere' });
      await Promise.all([changed(row, caller), changed(row, callee), toRoom(row)]);
    },

    /** Tells both sides that the call ended. `told`: the devices that took part in the call before. */
    async ended(
      row: CallRow,
      told: readonly { party: Party; devices: readonly CallingDevice[] }[],
      { reason, by, device }: Ending,
    ): Promise<void> {
      for (const { party, devices: some } of told) {
        const actor = opposite(row, party);
        const others = some.filter((one) => one !== device);
        const said = from(row, actor, by?.userId === actor.userId ? device : undefined);
        if (reason === 'rejected' && party.side === 'caller') tell(others, 'call.reject', said);
        else if (reason === 'busy' && party.side === 'caller')
          tell(others, 'call.doEvent', { ...nothingMore, ...said, event: 'onBusy' });
        else {
          const isOwnRejection = by?.userId === party.userId && reason === 'rejected';
          const isTimeout = reason === 'noAnswer' || reason === 'blocked';
          tell(others, 'call.cancel', {
            ...said,
            reason: isTimeout ? 'timeout' : isOwnRejection ? 'rejectedElsewhere' : reason,
          });
        }
        await changed(row, party, some);
      }
      if (row.agreedAt === null) await toRoom(row);
    },
  };
};
export type Announcements = ReturnType<typeof makeAnnouncements>;
