import type { RoomType } from '@meetframe/contract/beans';
import type { CallReason, CallState } from '@meetframe/contract/calls';
import { type Caller, type CallingDevice, deviceOf, userOf } from '../account/caller.ts';
import { requireSelf } from '../account/standing.ts';
import { steadyNow } from '../clock.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Access } from '../rooms/access.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Store } from '../store/store.ts';
import { limit } from '../throttle/limit.ts';
import type { UserRow } from '../users/tables.ts';
import type { WebhookOutbox } from '../webhooks/outbox.ts';
import { type CalledToRoom, makeAnnouncements } from './announce.ts';
import {
  answered,
  type CallStore,
  illegal,
  isAnswered,
  isUnanswered,
  liveStates,
  makeCallStore,
  unanswered,
} from './callStore.ts';
import { type Guests, inCalls, requireOwnId } from './guests.ts';
import { both, makeParties, type NodeDevices, opposite, type Party, partyOf, shownId } from './parties.ts';
import { makePlaceCall } from './place.ts';
import type { CallSettings } from './settings.ts';
import type { CallRow } from './tables.ts';

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
export type CustomEvent = {
  event: string;
  roomId?: number | null | undefined;
  roomType?: RoomType | null | undefined;
  data?: string | undefined;
};
/** Ends a call that is in one of the states `from`. `by`: who ended it, on which device. Answers `undefined` when it is in another state. */
export type End = (
  row: CallRow,
  reason: CallReason,
  options?: { from?: readonly CallState[]; by?: Party; device?: CallingDevice },
) => Promise<CallRow | undefined>;
type Parts = {
  store: Store;
  webhooks: WebhookOutbox;
  devices: NodeDevices;
  access: Pick<Access, 'find'>;
  rooms: Pick<Rooms, 'create'>;
  settings: Pick<CallSettings, 'reception'>;
  guests: Guests;
  cluster: Pick<Cluster, 'devicesOf'>;
  /** Tells the participants of the meeting in a room. */
  tellRoom(roomId: number, called: CalledToRoom): void;
  /** Called when users of a call become busy or free. */
  onBusy(userIds: readonly number[]): void;
  /** Called when a device can be called from now on. */
  onRegistered(device: CallingDevice): void;
  /** How long a call rings unless the caller gives another time, in milliseconds. */
  ringFor: number;
};

/** The other user of a call, by the id that this user knows; `undefined` for users who take no part in it. */
const peerOf = (row: CallRow, userId: number): number | undefined =>
  row.callerId === userId || row.calleeId === userId ? shownId(row, opposite(row, partyOf(row, userId))) : undefined;

/** Calls between users (chapters 4 and 5): who rings, who answered, and how a call ended. `docs/calls.md` has the states. */
export const makeCalls = (parts: Parts) => {
  const { store, devices, access, rooms, settings, guests, ringFor, onBusy, onRegistered } = parts;
  const calls: CallStore = makeCallStore(store, parts.webhooks);
  const parties = makeParties(devices);
  const announce = makeAnnouncements({ store, devices, parties, tellRoom: parts.tellRoom });
  /** `live`: the calls of the user, where they are known. */
  const isBusy = async (userId: number, live?: readonly CallRow[]): Promise<boolean> =>
    parts.cluster.devicesOf(userId).some(({ roomId }) => roomId !== null) ||
    (live ?? (await calls.ofUser(userId))).some(isAnswered);
  const ownEvents = limit(20, 1);

  /** The user who registers, or the guest with an id that the page chose. */
  const registering = async (caller: Caller, userId: number | undefined): Promise<UserRow> => {
    const device = deviceOf(caller);
    if (caller.user || !device.takesGuests) requireSelf(userOf(caller), userId);
    else if (userId !== undefined) return (await guests.register(device, userId)).user;
    return inCalls(caller);
  };

  /** The call that the caller means, in any state. */
  const find = async (caller: Caller, { targetUserId, callId, ownUserId, ownDeviceType }: Target): Promise<CallRow> => {
    const me = inCalls(caller);
    requireOwnId(caller, ownUserId, 'ownUserId');
    const known = callId === undefined ? await calls.ofUser(me.id) : [await calls.byId(callId)];
    const row = known.find((each) => each && peerOf(each, me.id) === targetUserId);
    if (!row)
      return fail('NOT_FOUND', `There is no call with user ${targetUserId}.`, {
        field: callId === undefined ? 'targetUserId' : 'callId',
      });
    if (ownDeviceType) deviceOf(caller).callType = ownDeviceType;
    return row;
  };
  /** The same, if the caller is on the side that may take this step. */
  const findAs = async (side: Party['side'], caller: Caller, target: Target): Promise<CallRow> => {
    const row = await find(caller, target);
    return partyOf(row, inCalls(caller).id).side === side ? row : illegal(row);
  };
  /** Makes a move, or refuses it with the state that the call is in now. */
  const moved = async (row: CallRow, result: CallRow | undefined): Promise<CallRow> =>
    result ?? illegal((await calls.byId(row.id)) ?? row);

  /** Ends a call and tells both sides, all devices that rang included. */
  const end: End = async (row, reason, { from = liveStates, by, device } = {}) => {
    // Find the devices that take part before the call ends: afterwards none rings.
    const told = both(row).map((party) => ({ party, devices: parties.of(row, party) }));
    const ended = await calls.end(row.id, from, reason);
    if (!ended) return undefined;
    parties.forget(ended.id);
    // `row` may be older than the answer.
    if (ended.agreedAt !== null) onBusy([ended.callerId, ended.calleeId]);
    await announce.ended(ended, told, { reason, by, device });
    return ended;
  };

  const agree = async (row: CallRow, device: CallingDevice): Promise<CallRow> => {
    const rang = parties.ringing(row);
    const now = steadyNow();
    const change = { state: 'agreed', calleeDevice: device.id, agreedAt: now, expiresAt: now + times.agreed } as const;
    const agreed = await moved(row, await calls.move(row.id, unanswered, change));
    await announce.agreed(agreed, device, rang);
    onBusy([agreed.callerId, agreed.calleeId]);
    return agreed;
  };

  const api = {
    calls,
    parties,
    end,
    announce,
    isBusy,

    call: makePlaceCall({
      store,
      access,
      rooms,
      settings,
      guests,
      calls,
      parties,
      announce,
      end,
      agree,
      isBusy,
      ringFor,
    }),

    async agree(target: Target, caller: Caller) {
      const { id, roomId, type } = await agree(await findAs('callee', caller, target), deviceOf(caller));
      return { result: 0, roomId: roomId as number, callId: id, type: type as RoomType };
    },

    async reject(target: Target, caller: Caller) {
      const row = await findAs('callee', caller, target);
      const by = partyOf(row, row.calleeId);
      await moved(row, await end(row, 'rejected', { from: unanswered, by, device: deviceOf(caller) }));
      return { result: 0 };
    },

    async cancel(target: Target, caller: Caller) {
      const me = inCalls(caller);
      const row = await find(caller, target);
      const by = partyOf(row, me.id);
      if (isUnanswered(row) && by.side === 'callee') return await api.reject(target, caller);
      const device = deviceOf(caller);
      const cancelled = await end(row, 'cancelled', { from: unanswered, by, device });
      // It was answered, perhaps at this very moment.
      if (!cancelled)
        await moved(row, await end((await calls.byId(row.id)) ?? row, 'hungUp', { from: answered, by, device }));
      return { result: 0 };
    },

    async ring(target: Target, caller: Caller) {
      const row = await findAs('callee', caller, target);
      const rings = await calls.move(row.id, ['inviting'], { state: 'ringing' });
      if (!rings) {
        const now = (await calls.byId(row.id)) ?? row;
        // Another device rings already, perhaps since this moment.
        return now.state === 'ringing' ? { result: 0 } : illegal(now);
      }
      const { targetDeviceType } = target;
      announce.event(rings, both(rings)[1], { event: 'onRinging', device: deviceOf(caller), targetDeviceType });
      await announce.changedForBoth(rings);
      return { result: 0 };
    },

    async busy(target: Target, caller: Caller) {
      const row = await findAs('callee', caller, target);
      if (!isUnanswered(row)) illegal(row);
      const device = deviceOf(caller);
      parties.setBusy(row, device);
      if (parties.ringing(row).length === 0)
        await moved(row, await end(row, 'busy', { from: unanswered, by: partyOf(row, row.calleeId), device }));
      return { result: 0 };
    },

    async connected(target: Target & { roomId: number; roomType?: RoomType | null | undefined }, caller: Caller) {
      const row = await findAs('caller', caller, target);
      if (row.roomId !== target.roomId)
        fail('CONFLICT', `The call belongs to room ${row.roomId}.`, { field: 'roomId', roomId: row.roomId });
      const now = steadyNow();
      const change = { state: 'connected', connectedAt: now, expiresAt: now + times.meeting } as const;
      const next = await calls.move(row.id, ['agreed'], change);
      // When both have entered the room it is connected already; the callee still gets the event, because it may wait for it.
      const connected = next ?? (await calls.byId(row.id)) ?? row;
      if (connected.state !== 'connected') illegal(connected);
      announce.event(connected, both(connected)[0], {
        event: 'onConnected',
        device: deviceOf(caller),
        roomId: connected.roomId,
        roomType: target.roomType ?? (connected.type as RoomType),
      });
      if (next) await announce.changedForBoth(next);
      return { result: 0 };
    },

    async doEvent(input: Target & CustomEvent, caller: Caller): Promise<{ result: number }> {
      const { event, roomId = null, roomType = null, data = null } = input;
      if (event === 'onRinging') return await api.ring(input, caller);
      if (event === 'onBusy') return await api.busy(input, caller);
      const [me, device] = [inCalls(caller), deviceOf(caller)];
      if (event === 'onConnected') {
        const missing = () =>
          fail('INVALID_ARGUMENT', 'call.doEvent: roomId should be the id of the call’s room.', {
            field: 'roomId',
            expected: 'number',
          });
        return await api.connected({ ...input, roomId: roomId ?? missing() }, caller);
      }
      const row = await find(caller, input);
      if (row.endedAt !== null) illegal(row);
      await ownEvents.take(device.id);
      const { targetDeviceType } = input;
      announce.event(row, partyOf(row, me.id), { event, roomId, roomType, data, device, targetDeviceType });
      return { result: 0 };
    },

    /** Registers a device: its user can be called on it. It also gets the calls that are ringing already. */
    async register(
      {
        userId,
        deviceType,
        callId,
      }: { userId?: number | undefined; deviceType?: string | null | undefined; callId?: string | undefined },
      caller: Caller,
    ) {
      const device = deviceOf(caller);
      const me = await registering(caller, userId);
      device.callable = deviceType ?? device.mode;
      device.callType = undefined;
      onRegistered(device);
      if (callId !== undefined) await takeOver(callId, me, device);
      const rows = await calls.ofUser(me.id);
      const waiting = await isBusy(me.id, rows);
      for (const row of rows) {
        const party = partyOf(row, me.id);
        const rings = party.side === 'callee' && isUnanswered(row) && row.silent === null;
        if (rings && row.roomId !== null) await announce.invite(row, [device], { waiting });
        if (parties.of(row, party).includes(device)) await announce.changed(row, party, [device]);
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
