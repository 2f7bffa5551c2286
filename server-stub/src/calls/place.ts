import type { RoomType } from '@meetframe/contract/beans';
import { askerOf, type Caller, type CallingDevice, deviceOf } from '../account/caller.ts';
import { mayCall } from '../account/standing.ts';
import { steadyNow } from '../clock.ts';
import { fail } from '../errors.ts';
import type { Access } from '../rooms/access.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Store } from '../store/store.ts';
import { limit } from '../throttle/limit.ts';
import { networkOf } from '../throttle/source.ts';
import type { UserRow } from '../users/tables.ts';
import type { Announcements } from './announce.ts';
import { type CallStore, illegal, isUnanswered } from './callStore.ts';
import type { End, Target } from './calls.ts';
import { type Guests, inCalls, requireOwnId } from './guests.ts';
import { isAwake, type Parties, partyOf, typeOf } from './parties.ts';
import type { CallSettings } from './settings.ts';
import type { CallRow } from './tables.ts';

export type Invitation = Target & {
  type?: RoomType | null | undefined;
  roomId?: number | null | undefined;
  data?: string | undefined;
  ringFor?: number | undefined;
};
/** `guestId`: the id that the page chose, for a guest. */
type Callee = { id: number; guestId: number | null };
type Parts = {
  store: Store;
  guests: Pick<Guests, 'find'>;
  access: Pick<Access, 'find'>;
  rooms: Pick<Rooms, 'create'>;
  settings: Pick<CallSettings, 'reception'>;
  calls: CallStore;
  parties: Parties;
  announce: Announcements;
  end: End;
  agree(row: CallRow, device: CallingDevice): Promise<CallRow>;
  isBusy(userId: number, live: readonly CallRow[]): Promise<boolean>;
  ringFor: number;
};

/** How many outgoing unanswered calls, and how many ringing calls, a user may have at the same time. */
const most = { outgoing: 3, ringing: 5 };

/** Places calls (4.1): who may call whom, how often, and in which room. */
export const makePlaceCall = (parts: Parts) => {
  const { store, guests, access, rooms, settings, calls, parties, announce, end, agree, isBusy, ringFor } = parts;
  const perCaller = limit(10, 60);
  const perPair = limit(8, 60);
  const perTarget = limit(30, 60);

  /** The user, or guest of the caller's app, who is to be called. */
  const requireCallable = async (me: UserRow, { app }: CallingDevice, targetUserId: number): Promise<Callee> => {
    const target = await store
      .selectFrom('user')
      .select('companyId')
      .where('id', '=', targetUserId)
      .where('deletedAt', 'is', null)
      .executeTakeFirst();
    if (target && mayCall(me, target)) return { id: targetUserId, guestId: null };
    const guest = app.signed ? await guests.find(app.id, targetUserId) : undefined;
    if (!guest) return fail('NOT_FOUND', `There is no user ${targetUserId}.`, { field: 'targetUserId' });
    return { id: guest.id, guestId: targetUserId };
  };

  const requireInvitable = async (roomId: number, caller: Caller): Promise<void> => {
    const { row: room, standing } = await access.find(roomId, askerOf(caller));
    if (!room.isPublic && (standing === 'guest' || standing === 'early'))
      fail('FORBIDDEN', 'Only members of the room may invite to it.', { field: 'roomId' });
  };

  /** The private room of a call: for both users, as long as temporary rooms last. */
  const makeRoom = async (caller: UserRow, calleeId: number, roomType: RoomType): Promise<number> => {
    const roomId = await rooms.create({
      name: caller.name,
      roomType,
      definition: '480p',
      numberLimit: 200,
      isPublic: false,
      waitingRoom: false,
      logo: null,
      comment: null,
      ownerId: caller.id,
      companyId: caller.companyId,
      temporary: true,
      ofCall: true,
    });
    await store.insertInto('room_member').values({ roomId, userId: calleeId, role: 0 }).execute();
    return roomId;
  };

  const isGlare = (row: CallRow, me: UserRow): boolean => row.calleeId === me.id && isUnanswered(row);
  /** Both call each other: the second call accepts the first one, whose room stays. One that wants audio only gets it. */
  const glare = async (row: CallRow, device: CallingDevice, type: RoomType) => {
    const isLess = type === 1 && row.type !== 1;
    const met = isLess ? ((await calls.move(row.id, [row.state], { type: 1 })) ?? row) : row;
    if (isLess && row.roomId !== null)
      await store
        .updateTable('room')
        .set({ roomType: 1 })
        .where('id', '=', row.roomId)
        .where('temporary', '=', 1)
        .execute();
    const { id, roomId } = await agree(met, device);
    return { result: 0, roomId, callId: id, glare: true };
  };

  return async (input: Invitation, caller: Caller) => {
    const [me, device] = [inCalls(caller), deviceOf(caller)];
    const { targetDeviceType, ownUserId, ownDeviceType } = input;
    const ownGuest = caller.user ? undefined : device.guest;
    const type = input.type ?? 2;
    requireOwnId(caller, ownUserId, 'ownUserId');
    if (input.targetUserId === (ownGuest?.id ?? me.id))
      fail('INVALID_ARGUMENT', 'targetUserId should be another user.', {
        field: 'targetUserId',
        expected: 'the id of another user',
      });
    if (ownDeviceType) device.callType = ownDeviceType;
    // A page can make up any number of guests, so guests are counted by network.
    await perCaller.take(ownGuest ? networkOf(caller.ip) : `${me.id}`);
    await perPair.take(`${me.id} ${input.targetUserId}`);
    const callee = await requireCallable(me, device, input.targetUserId);
    const targetUserId = callee.id;
    const appId = ownGuest || callee.guestId !== null ? device.app.id : null;
    await perTarget.take(`${targetUserId}`);
    const roomId = input.roomId ?? null;
    if (roomId !== null) await requireInvitable(roomId, caller);

    const known = await calls.between(me.id, targetUserId);
    if (known) {
      if (isGlare(known, me)) return await glare(known, device, type);
      // The device that made the older call is gone, or calls anew.
      const holder = parties.holder(known, partyOf(known, me.id));
      if (holder && holder !== device) illegal(known);
      await end(known, known.state === 'connected' ? 'hungUp' : 'cancelled', { by: partyOf(known, me.id), device });
    }
    if (
      (await calls.ofUser(me.id)).filter((row) => row.callerId === me.id && isUnanswered(row)).length >= most.outgoing
    )
      fail('THROTTLED', `No more than ${most.outgoing} calls can ring at the same time.`, { retryAfter: 1000 });
    const online = parties
      .callable(targetUserId, appId)
      .filter((one) => !targetDeviceType || typeOf(one) === targetDeviceType);
    const [{ silent, callWaiting }, live] = await Promise.all([
      settings.reception(targetUserId, me.id),
      calls.ofUser(targetUserId),
    ]);
    const waiting = await isBusy(targetUserId, live);
    const ringing = live.filter((row) => row.calleeId === targetUserId && isUnanswered(row)).length;
    const isBesieged = ringing >= most.ringing;
    const made = roomId === null && online.length > 0 ? await makeRoom(me, targetUserId, type) : undefined;
    const row = await calls.open(
      {
        callerId: me.id,
        calleeId: targetUserId,
        callerDevice: device.id,
        type,
        roomId: roomId ?? made ?? null,
        data: input.data ?? null,
        silent,
        appId,
        callerGuest: ownGuest?.id ?? null,
        calleeGuest: callee.guestId,
        expiresAt: steadyNow() + (input.ringFor === undefined ? ringFor : input.ringFor * 1000),
      },
      { isUnheard: online.length > 0 && !online.some((one) => isAwake(one)) },
    );
    if (!row) {
      if (made !== undefined) await store.deleteFrom('room').where('id', '=', made).execute();
      const now = await calls.between(me.id, targetUserId);
      if (now && isGlare(now, me)) return await glare(now, device, type);
      return now ? illegal(now) : fail('CONFLICT', 'The other call of these users ended just now; try again.');
    }
    if (online.length === 0) {
      await end(row, 'unreachable', { device });
      return { result: 1, roomId: null, callId: row.id, glare: false };
    }
    const placed = { result: 0, roomId: row.roomId, callId: row.id, glare: false };
    if ((isBesieged || (waiting && callWaiting === 'busy')) && silent === null) {
      await end(row, 'busy');
      return placed;
    }
    // To the caller a silent call looks like an unanswered one.
    if (silent === null) await announce.invite(row, online, { waiting });
    await announce.changedForBoth(row);
    return placed;
  };
};
