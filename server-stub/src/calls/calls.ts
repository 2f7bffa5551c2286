import type { RoomType, User } from '@meetframe/contract/beans';
import type { CallReason, CallState } from '@meetframe/contract/calls';
import { askerOf, type Caller, type CallingDevice, deviceOf, userOf } from '../account/caller.ts';
import { requireSelf } from '../account/standing.ts';
import { steadyNow } from '../clock.ts';
import { fail } from '../errors.ts';
import type { Access } from '../rooms/access.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Store } from '../store/store.ts';
import type { CallRow, UserRow } from '../store/tables.ts';
import { limit } from '../throttle/limit.ts';
import { answered, type CallStore, illegal, isUnanswered, liveStates, makeCallStore, unanswered } from './callStore.ts';
import { both, type DeviceIndex, makeParties, opposite, type Party, partyOf, tell } from './parties.ts';

/** How long the states after the answer may last, in milliseconds. */
const times = {
  /** From the callee’s answer until the caller tells that it entered the room. */
  agreed: 15_000,
  /** From then until both are in the meeting. */
  meeting: 15_000,
};

export type Target = {
  targetUserId: number;
  targetDeviceType?: string | null | undefined;
  ownUserId?: number | undefined;
  ownDeviceType?: string | null | undefined;
  callId?: string | undefined;
};
export type Invitation = Target & {
  type?: RoomType | null | undefined;
  roomId?: number | null | undefined;
  data?: string | undefined;
  ringFor?: number | undefined;
};
export type CustomEvent = {
  event: string;
  roomId?: number | null | undefined;
  roomType?: RoomType | null | undefined;
  data?: string | undefined;
};
type Parts = {
  store: Store;
  devices: DeviceIndex;
  access: Pick<Access, 'find'>;
  rooms: Pick<Rooms, 'create'>;
  /** How long it rings unless the caller says otherwise, in milliseconds. */
  ringFor: number;
};

/** Calls between users (chapters 4 and 5): who rings, who answered, and how a call ended. `docs/calls.md` has the states. */
export const makeCalls = ({ store, devices, access, rooms, ringFor }: Parts) => {
  const calls: CallStore = makeCallStore(store);
  const parties = makeParties(devices);
  const perCaller = limit(10, 60);
  const perPair = limit(8, 60);
  const perTarget = limit(30, 60);
  const ownEvents = limit(20, 1);

  /** A user as the other side of a call sees it: without contacts. */
  const person = async (userId: number): Promise<User> => {
    const row = await store
      .selectFrom('user')
      .leftJoin('company', 'company.id', 'user.companyId')
      .select(['user.id', 'account', 'user.name', 'photo', 'companyName', 'company.name as company'])
      .where('user.id', '=', userId)
      .executeTakeFirstOrThrow();
    const { companyName, company, ...rest } = row;
    return { ...rest, email: null, phone: null, company: companyName ?? company };
  };

  const remaining = ({ expiresAt }: CallRow): number => Math.max(0, (expiresAt ?? steadyNow()) - steadyNow());
  /** Tells devices of a user the state of a call; all that have a part in it unless `some` are given. */
  const changed = async (row: CallRow, party: Party, some = parties.of(row, party)): Promise<void> => {
    if (some.length === 0) return;
    tell(some, 'call.changed', {
      callId: row.id,
      state: row.state,
      reason: row.reason,
      outgoing: party.side === 'caller',
      peer: await person(opposite(row, party).userId),
      type: row.type as RoomType,
      roomId: row.roomId,
      remaining: row.state === 'connected' || row.state === 'ended' ? null : remaining(row),
    });
  };

  /** What an event says of its sender. Without a device the platform itself ended the call. */
  const from = (row: CallRow, { userId }: Party, device?: CallingDevice) => ({
    callId: row.id,
    ownUserId: userId,
    ownDeviceType: device ? (device.callable ?? device.mode) : null,
  });

  /** The call that the caller means, in any state. */
  const find = async (me: UserRow, { targetUserId, callId, ownUserId }: Target): Promise<CallRow> => {
    requireSelf(me, ownUserId, 'ownUserId');
    const row = await (callId === undefined ? calls.between(me.id, targetUserId) : calls.byId(callId));
    const users = [row?.callerId, row?.calleeId];
    if (!row || !users.includes(me.id) || !users.includes(targetUserId))
      return fail('NOT_FOUND', `There is no call with user ${targetUserId}.`, {
        field: callId === undefined ? 'targetUserId' : 'callId',
      });
    return row;
  };
  /** The same, for the side that may make the move. */
  const findAs = async (side: Party['side'], me: UserRow, target: Target): Promise<CallRow> => {
    const row = await find(me, target);
    return partyOf(row, me.id).side === side ? row : illegal(row);
  };
  /** Makes a move, or refuses it with the state that the call is in now. */
  const moved = async (row: CallRow, result: CallRow | undefined): Promise<CallRow> =>
    result ?? illegal((await calls.byId(row.id)) ?? row);

  /** Ends a call and tells both sides, all devices that rang included. `by`: who ended it. */
  const end = async (
    row: CallRow,
    reason: CallReason,
    { from: states = liveStates, by, device }: { from?: readonly CallState[]; by?: Party; device?: CallingDevice } = {},
  ): Promise<CallRow | undefined> => {
    // The devices that take part are found before the end: afterwards nobody rings.
    const told = both(row).map((party) => ({ party, devices: parties.of(row, party) }));
    const ended = await calls.end(row.id, states, reason);
    if (!ended) return undefined;
    for (const { party, devices: some } of told) {
      const actor = opposite(row, party);
      const others = some.filter((one) => one !== device);
      const said = from(ended, actor, by?.userId === actor.userId ? device : undefined);
      if (reason === 'rejected' && party.side === 'caller') tell(others, 'call.reject', said);
      else if (reason === 'busy' && party.side === 'caller')
        tell(others, 'call.doEvent', { ...said, event: 'onBusy', roomId: null, roomType: null, data: null });
      else {
        const isOwn = by?.userId === party.userId;
        const own = reason === 'rejected' ? 'rejectedElsewhere' : reason;
        tell(others, 'call.cancel', { ...said, reason: reason === 'noAnswer' ? 'timeout' : isOwn ? own : reason });
      }
      await changed(ended, party, some);
    }
    parties.forget(ended.id);
    return ended;
  };

  /** The private room of a call: for both users, as long as temporary rooms last. */
  const makeRoom = async (caller: UserRow, calleeId: number, roomType: RoomType): Promise<number> => {
    const roomId = await rooms.create({
      name: caller.name,
      roomType,
      definition: '480p',
      numberLimit: 200,
      isPublic: false,
      logo: null,
      comment: null,
      ownerId: caller.id,
      companyId: caller.companyId,
      temporary: true,
    });
    await store.insertInto('room_member').values({ roomId, userId: calleeId, role: 0 }).execute();
    return roomId;
  };

  const invite = async (row: CallRow, some: readonly CallingDevice[], type?: string | null): Promise<void> => {
    const caller = devices.byId(row.callerDevice);
    tell(
      some,
      'call.doInvite',
      {
        ...from(row, { userId: row.callerId, side: 'caller' }, caller),
        type: row.type as RoomType,
        roomId: row.roomId as number,
        ownUser: await person(row.callerId),
        data: row.data,
        remaining: remaining(row),
      },
      type,
    );
  };

  const agree = async (row: CallRow, device: CallingDevice): Promise<CallRow> => {
    const rang = parties.ringing(row);
    const now = steadyNow();
    const change = { state: 'agreed', calleeDevice: device.id, agreedAt: now, expiresAt: now + times.agreed } as const;
    const agreed = await moved(row, await calls.move(row.id, unanswered, change));
    const [caller, callee] = both(agreed);
    const said = from(agreed, callee, device);
    const more = { roomId: agreed.roomId as number, type: agreed.type as RoomType };
    tell(parties.of(agreed, caller), 'call.doAgree', { ...said, ...more });
    const others = rang.filter((one) => one !== device);
    tell(others, 'call.cancel', { ...from(agreed, caller), reason: 'answeredElsewhere' });
    await Promise.all([changed(agreed, caller), changed(agreed, callee)]);
    return agreed;
  };

  const isGlare = (row: CallRow, me: UserRow): boolean => row.calleeId === me.id && isUnanswered(row);
  /** Both call each other: the second call accepts the first one, whose type and room stay. */
  const glare = async (row: CallRow, device: CallingDevice) => {
    const { id, roomId } = await agree(row, device);
    return { result: 0, roomId, callId: id, glare: true };
  };

  const api = {
    calls,
    parties,
    end,
    changed,

    async call(input: Invitation, caller: Caller) {
      const [me, device] = [userOf(caller), deviceOf(caller)];
      const { targetUserId, targetDeviceType, type, ownUserId } = input;
      requireSelf(me, ownUserId, 'ownUserId');
      if (targetUserId === me.id)
        fail('INVALID_ARGUMENT', 'targetUserId should be another user.', {
          field: 'targetUserId',
          expected: 'the id of another user',
        });
      await perCaller.take(`${me.id}`);
      await perPair.take(`${me.id} ${targetUserId}`);
      const target = await store
        .selectFrom('user')
        .select(['id', 'companyId'])
        .where('id', '=', targetUserId)
        .where('deletedAt', 'is', null)
        .executeTakeFirst();
      const isColleague = target !== undefined && target.companyId !== null && target.companyId === me.companyId;
      if (!isColleague && !(target && me.role === 'platformAdmin'))
        return fail('NOT_FOUND', `There is no user ${targetUserId}.`, { field: 'targetUserId' });
      await perTarget.take(`${targetUserId}`);
      const roomId = input.roomId ?? null;
      if (roomId !== null) {
        const { row: room, standing } = await access.find(roomId, askerOf(caller));
        if (!room.isPublic && (standing === 'guest' || standing === 'early'))
          fail('FORBIDDEN', 'Only members of the room may invite to it.', { field: 'roomId' });
      }

      const known = await calls.between(me.id, targetUserId);
      if (known) {
        if (isGlare(known, me)) return await glare(known, device);
        // The device that made the older call is gone, or calls anew.
        const holder = parties.holder(known, partyOf(known, me.id));
        if (holder && holder !== device) illegal(known);
        await end(known, known.state === 'connected' ? 'hungUp' : 'cancelled', { by: partyOf(known, me.id), device });
      }
      const roomType = type ?? 2;
      const online = parties
        .callable(targetUserId)
        .filter((one) => !targetDeviceType || one.callable === targetDeviceType);
      const made = roomId === null && online.length > 0 ? await makeRoom(me, targetUserId, roomType) : undefined;
      const row = await calls.open({
        callerId: me.id,
        calleeId: targetUserId,
        callerDevice: device.id,
        type: roomType,
        roomId: roomId ?? made ?? null,
        data: input.data ?? null,
        expiresAt: steadyNow() + (input.ringFor === undefined ? ringFor : input.ringFor * 1000),
      });
      if (!row) {
        if (made !== undefined) await store.deleteFrom('room').where('id', '=', made).execute();
        const now = await calls.between(me.id, targetUserId);
        if (now && isGlare(now, me)) return await glare(now, device);
        return now ? illegal(now) : fail('CONFLICT', 'The other call of these users ended just now; try again.');
      }
      if (online.length === 0) {
        await end(row, 'unreachable', { device });
        return { result: 1, roomId: null, callId: row.id, glare: false };
      }
      await Promise.all([invite(row, online), ...both(row).map((party) => changed(row, party))]);
      return { result: 0, roomId: row.roomId, callId: row.id, glare: false };
    },

    async agree(target: Target, caller: Caller) {
      const { id, roomId, type } = await agree(await findAs('callee', userOf(caller), target), deviceOf(caller));
      return { result: 0, roomId: roomId as number, callId: id, type: type as RoomType };
    },

    async reject(target: Target, caller: Caller) {
      const row = await findAs('callee', userOf(caller), target);
      const by = partyOf(row, row.calleeId);
      await moved(row, await end(row, 'rejected', { from: unanswered, by, device: deviceOf(caller) }));
      return { result: 0 };
    },

    async cancel(target: Target, caller: Caller) {
      const me = userOf(caller);
      const row = await find(me, target);
      const by = partyOf(row, me.id);
      const isOpen = isUnanswered(row);
      if (isOpen && by.side === 'callee') return await api.reject(target, caller);
      const [states, reason] = isOpen ? ([unanswered, 'cancelled'] as const) : ([answered, 'hungUp'] as const);
      await moved(row, await end(row, reason, { from: states, by, device: deviceOf(caller) }));
      return { result: 0 };
    },

    async ring(target: Target, caller: Caller) {
      const row = await findAs('callee', userOf(caller), target);
      const rings = await calls.move(row.id, ['inviting'], { state: 'ringing' });
      if (!rings) {
        // Another device rings already.
        if (row.state !== 'ringing') await moved(row, undefined);
        return { result: 0 };
      }
      const [to, me] = both(rings);
      const said = { ...from(rings, me, deviceOf(caller)), event: 'onRinging' };
      const devicesOfCaller = parties.of(rings, to);
      tell(
        devicesOfCaller,
        'call.doEvent',
        { ...said, roomId: null, roomType: null, data: null },
        target.targetDeviceType,
      );
      await Promise.all([changed(rings, to), changed(rings, me)]);
      return { result: 0 };
    },

    async busy(target: Target, caller: Caller) {
      const row = await findAs('callee', userOf(caller), target);
      if (!isUnanswered(row)) illegal(row);
      const device = deviceOf(caller);
      parties.setBusy(row, device);
      if (parties.ringing(row).length === 0)
        await moved(row, await end(row, 'busy', { from: unanswered, by: partyOf(row, row.calleeId), device }));
      return { result: 0 };
    },

    async connected(target: Target & { roomId: number; roomType?: RoomType | null | undefined }, caller: Caller) {
      const row = await findAs('caller', userOf(caller), target);
      if (row.roomId !== target.roomId)
        fail('CONFLICT', `The call belongs to room ${row.roomId}.`, { field: 'roomId', roomId: row.roomId });
      const now = steadyNow();
      const change = { state: 'connected', connectedAt: now, expiresAt: now + times.meeting } as const;
      const connected = await moved(row, await calls.move(row.id, ['agreed'], change));
      const [me, to] = both(connected);
      tell(parties.of(connected, to), 'call.doEvent', {
        ...from(connected, me, deviceOf(caller)),
        event: 'onConnected',
        roomId: connected.roomId,
        roomType: target.roomType ?? (connected.type as RoomType),
        data: null,
      });
      await Promise.all([changed(connected, me), changed(connected, to)]);
      return { result: 0 };
    },

    async doEvent(input: Target & CustomEvent, caller: Caller): Promise<{ result: number }> {
      const { event, roomId = null, roomType = null, data = null } = input;
      if (event === 'onRinging') return await api.ring(input, caller);
      if (event === 'onBusy') return await api.busy(input, caller);
      const [me, device] = [userOf(caller), deviceOf(caller)];
      if (event === 'onConnected') {
        const missing = () =>
          fail('INVALID_ARGUMENT', 'call.doEvent: roomId should be the id of the call’s room.', {
            field: 'roomId',
            expected: 'number',
          });
        return await api.connected({ ...input, roomId: roomId ?? missing() }, caller);
      }
      const row = await find(me, input);
      if (row.endedAt !== null) illegal(row);
      await ownEvents.take(device.id);
      const mine = partyOf(row, me.id);
      const to = parties.of(row, opposite(row, mine));
      tell(to, 'call.doEvent', { ...from(row, mine, device), event, roomId, roomType, data }, input.targetDeviceType);
      return { result: 0 };
    },

    /** Registers a device: its user can be called on it. Calls under way are told again. */
    async register(
      {
        userId,
        deviceType,
        callId,
      }: { userId?: number | undefined; deviceType?: string | null | undefined; callId?: string | undefined },
      caller: Caller,
    ) {
      const [me, device] = [userOf(caller), deviceOf(caller)];
      requireSelf(me, userId);
      device.callable = deviceType ?? device.mode;
      if (callId !== undefined) await takeOver(callId, me, device);
      for (const row of await calls.ofUser(me.id)) {
        const party = partyOf(row, me.id);
        const rings = party.side === 'callee' && isUnanswered(row);
        if (rings && row.roomId !== null) await invite(row, [device]);
        if (parties.of(row, party).includes(device)) await changed(row, party, [device]);
      }
      return { result: 0 };
    },
  };

  /** After a reload or a restart of the server a device takes the place of the one that it was. */
  const takeOver = async (callId: string, me: UserRow, device: CallingDevice): Promise<void> => {
    const row = await calls.byId(callId);
    if (!row || (row.callerId !== me.id && row.calleeId !== me.id))
      return fail('NOT_FOUND', 'There is no such call.', { field: 'callId' });
    if (row.endedAt !== null) return illegal(row);
    const party = partyOf(row, me.id);
    if (party.side === 'callee' && row.calleeDevice === null) return;
    if (parties.holder(row, party)) return fail('CONFLICT', 'Another device holds this call.', { field: 'callId' });
    const change = party.side === 'caller' ? { callerDevice: device.id } : { calleeDevice: device.id };
    await moved(row, await calls.move(row.id, liveStates, change));
  };

  return api;
};
export type Calls = ReturnType<typeof makeCalls>;
