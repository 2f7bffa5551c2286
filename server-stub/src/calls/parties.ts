import type { WireEventName, WirePayload } from '@meetframe/contract/api';
import type { CallingDevice } from '../account/caller.ts';
import type { CallRow } from './tables.ts';

/** How long a device of a call may be disconnected before it counts as gone, in milliseconds. */
export const lostFor = 10_000;

/** How long after its last message a device counts as awake, in milliseconds: clients send one every 10 s, frozen pages none. */
const awakeFor = 35_000;

/** The devices of this node, as calls need them. */
export type NodeDevices = {
  byId(id: string): CallingDevice | undefined;
  ofUser(userId: number): readonly CallingDevice[];
};
type Side = 'caller' | 'callee';
/** One user of a call. */
export type Party = { userId: number; side: Side };

export const partyOf = (row: CallRow, userId: number): Party => ({
  userId,
  side: row.callerId === userId ? 'caller' : 'callee',
});
export const opposite = (row: CallRow, { side }: Party): Party =>
  side === 'caller' ? { userId: row.calleeId, side: 'callee' } : { userId: row.callerId, side: 'caller' };
export const both = ({ callerId, calleeId }: CallRow): [caller: Party, callee: Party] => [
  { userId: callerId, side: 'caller' },
  { userId: calleeId, side: 'callee' },
];

/** The id by which both sides know a user of a call; for a guest the one that the page chose. */
export const shownId = (row: CallRow, { side, userId }: Party): number =>
  (side === 'caller' ? row.callerGuest : row.calleeGuest) ?? userId;
/** Id of the user or guest whose device it is in calls. */
const idOf = ({ user, guest }: CallingDevice): number | undefined => (user ?? guest?.user)?.id;

/** True while a device is connected, or may still come back. */
export const isThere = ({ lostAt, ended }: Pick<CallingDevice, 'lostAt' | 'ended'>, now = performance.now()): boolean =>
  !ended && (lostAt === undefined || now - lostAt < lostFor);

/** True while a device sends messages: its page is not frozen and its connection is not cut off. */
export const isAwake = ({ heardAt }: Pick<CallingDevice, 'heardAt'>, now = performance.now()): boolean =>
  now - heardAt < awakeFor;

/** Terminal type of a device in calls. */
export const typeOf = ({ callType, callable, mode }: CallingDevice): string => callType ?? callable ?? mode;

/** Which devices take part in a call: the calling one, those that may ring, and the one that accepted. */
export const makeParties = (devices: NodeDevices) => {
  /** Devices that reported that they are busy, by call. */
  const busy = new Map<string, Set<string>>();

  /** `appId`: the app of a call with a guest. */
  const callable = (userId: number, appId: string | null): CallingDevice[] =>
    devices
      .ofUser(userId)
      .filter(
        (device) => device.callable !== undefined && isThere(device) && (appId ?? device.app.id) === device.app.id,
      );
  /** The device that holds a side of the call, if it is connected or may still resume. */
  const holder = (row: CallRow, { userId, side }: Party): CallingDevice | undefined => {
    const id = side === 'caller' ? row.callerDevice : row.calleeDevice;
    const device = id === null ? undefined : devices.byId(id);
    return device && idOf(device) === userId && isThere(device) ? device : undefined;
  };
  const ringing = (row: CallRow): CallingDevice[] =>
    row.silent === null ? callable(row.calleeId, row.appId).filter(({ id }) => !busy.get(row.id)?.has(id)) : [];

  return {
    callable,
    holder,
    /** The callee’s devices that may accept the call. */
    ringing,
    /** The devices of one side that get the events of the call. */
    of: (row: CallRow, party: Party): CallingDevice[] => {
      const held = holder(row, party);
      if (held) return [held];
      return party.side === 'callee' && row.calleeDevice === null ? ringing(row) : callable(party.userId, row.appId);
    },
    /** Notes that a device no longer rings for this call. */
    setBusy(row: CallRow, device: CallingDevice): void {
      busy.set(row.id, (busy.get(row.id) ?? new Set()).add(device.id));
    },
    forget: (callId: string) => void busy.delete(callId),
  };
};
export type Parties = ReturnType<typeof makeParties>;

/** Sends an event to several devices; `type` narrows them down to those of one terminal type. */
export const tell = <N extends WireEventName>(
  devices: readonly CallingDevice[],
  name: N,
  payload: WirePayload<N>,
  type?: string | null,
): void => {
  for (const device of devices) if (!type || typeOf(device) === type) device.emit(name, payload);
};
