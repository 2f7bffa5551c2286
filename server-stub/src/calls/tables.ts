import type { CallWaiting } from '@meetframe/contract/callLists';
import type { CallReason, CallState } from '@meetframe/contract/calls';
import type { Generated, Selectable } from 'kysely';

/** A call between two users (chapter 4). It is live until `endedAt`. */
export type Call = {
  id: string;
  /** The ids of both users, the smaller one first. A pair has at most one live call. */
  low: number;
  high: number;
  callerId: number;
  calleeId: number;
  /** Public id of the calling device, and of the one that accepted. */
  callerDevice: string;
  calleeDevice: string | null;
  type: number;
  /** `null` when the callee had no device online, or the room was deleted. */
  roomId: number | null;
  /** What the caller sent along. */
  data: string | null;
  /** The app of a call in which a guest takes part: devices of other apps take no part in it. */
  appId: string | null;
  /** The ids that the page of the app chose for those of both who are guests. */
  callerGuest: number | null;
  calleeGuest: number | null;
  /** Why the call rings on no device; `null` for a call that rings. */
  silent: 'doNotDisturb' | 'blocked' | null;
  state: CallState;
  reason: CallReason | null;
  createdAt: number;
  agreedAt: number | null;
  connectedAt: number | null;
  /** When both were in the meeting. */
  metAt: number | null;
  endedAt: number | null;
  /** When the state ends by itself; `null` when the call has ended. */
  expiresAt: number | null;
};
export type CallRow = Selectable<Call>;

/**
 * Users who are called without a login (`logout: true`). The page of an app chose the id; the row in `user` only stands for the guest in
 * calls: it is no account, and counts as deleted.
 */
export type CallGuest = {
  userId: number;
  appId: string;
  guestId: number;
  /** When a device last was this guest; updated at most once an hour. */
  usedAt: Generated<number>;
};

/** A user's settings for incoming calls. No row: the default settings. */
export type CallSetting = {
  userId: number;
  doNotDisturb: number;
  callWaiting: CallWaiting;
  /** Missed calls until then are no longer new. */
  seenAt: number;
};
export type CallSettingRow = Selectable<CallSetting>;

/** Users whom a user has blocked. */
export type CallBlock = { userId: number; blockedId: number };
