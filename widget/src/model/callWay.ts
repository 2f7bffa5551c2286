import type { RoomType, User } from '@meetframe/contract';
import type { MeetingModel } from './meeting/meeting.ts';
import type { LeftReason } from './meeting/seat.ts';

/** The way from a call into the meeting in its room. */
export type CallWay = {
  /** The room of the meeting that the user is in. */
  roomId(): number | undefined;
  /** Whether there are participants other than this user or guest in the meeting. */
  hasOthers(than: User): boolean;
  /** Whether this user is in the meeting. */
  isHere(userId: number): boolean;
  /** Fetches and prepares what a meeting needs, while the call rings. */
  prepare(): Promise<unknown>;
  /** Opens the devices for a call that this user made or accepts; with `undefined` releases them. */
  getReady(type: RoomType | undefined): void;
  /** Enters the room of an accepted call, without a lobby. */
  enter(roomId: number, type: RoomType): void;
  exit(): Promise<unknown>;
  /** Back to where the user was before the call. */
  goHome(): void;
  /** Returns a function that removes the listener. */
  onLeft(listener: (reason: LeftReason) => void): () => void;
};

/** The parts that the code for meetings provides once it is loaded. */
export type WayParts = {
  meeting: Pick<MeetingModel, 'seat' | 'roster' | 'link' | 'exit'>;
  screens: {
    skipLobby: (roomId: number, type: RoomType) => void;
    getReady: (type: RoomType | undefined) => void;
    goHome: () => void;
  };
};

export const createCallWay = ({ meeting: { seat, roster, link, exit }, screens }: WayParts): CallWay => ({
  roomId: () => (seat.isIn() ? roster.room.peek()?.id : undefined),
  // A guest of calls, whose account is the id that the page chose, has no user id in the meeting.
  hasOthers: ({ id, account }) =>
    roster.others.peek().some(({ userId }) => userId !== (account === String(id) ? null : id)),
  isHere: (id) => roster.others.peek().some(({ userId }) => userId === id),
  prepare: link.prepare,
  getReady: screens.getReady,
  enter: screens.skipLobby,
  exit,
  goHome: screens.goHome,
  onLeft: (listener) => seat.follow({ left: listener }),
});
