import { type Room, type RoomType, RTCPeerError } from '@meetframe/contract';
import type { Client } from '../platform/client.ts';
import { isNumber, type Target } from './address.ts';
import { type Admissions, type CodeAnswer, refusalOf } from './admissions.ts';

/** The room that the user is about to enter, as far as it is known. */
export type LobbyRoom = {
  roomId: number;
  name: string | undefined;
  /** Unknown until the room is entered, when a page skips the lobby. */
  roomType: RoomType | undefined;
  isHasPwd: boolean;
  logo: string | null;
};

/**
 * Why a room cannot be entered now. `early`: if there is a start, the screen waits for it; times in milliseconds since
 * 1970. `over`: ended or cancelled. `unknown`: not found, or a private room that the user may not see. `locked` by the
 * moderator; `removed`, `refused`: the moderator removed the user, or did not let the user in.
 */
export type Closed = {
  reason: 'early' | 'over' | 'unknown' | 'locked' | 'removed' | 'refused';
  name?: string | undefined;
  startTime?: number | undefined;
  endTime?: number | undefined;
};

/** Invite codes have ten digits; numbers of rooms and ids of appointments are shorter. */
export const inviteCodeDigits = 10;

export const lobbyRoomOf = ({ id, name, roomType, isHasPwd, logo }: Room): LobbyRoom => ({
  roomId: id,
  name,
  roomType,
  isHasPwd,
  logo,
});

/** Why a room cannot be entered, if the error is about the room itself and not about the attempt. */
export const closedBy = ({ code, details }: RTCPeerError): Closed | undefined => {
  if (code === 'NOT_FOUND') return { reason: 'unknown' };
  if (code === 'FORBIDDEN' && details?.reason === 'removed') return { reason: 'removed' };
  if (code !== 'ROOM_NOT_OPEN') return undefined;
  const { reason } = details ?? {};
  if (reason === 'locked' || reason === 'refused') return { reason };
  const time = (value: unknown) => (typeof value === 'string' ? Date.parse(value) : undefined);
  return {
    reason: reason === 'early' ? 'early' : 'over',
    name: typeof details?.name === 'string' ? details.name : undefined,
    startTime: time(details?.startTime),
    endTime: time(details?.endTime),
  };
};

/**
 * The room that a room number, an appointment's id or an invite code leads to now. Rejects with the reason when there
 * is none.
 */
export const createRoomFinder = ({ client, admissions }: { client: Pick<Client, 'call'>; admissions: Admissions }) => {
  const byCode = async (code: string): Promise<LobbyRoom> => {
    let answer: CodeAnswer | undefined;
    // The id of an appointment may one day have ten digits, too.
    if (isNumber(code) && code.length === inviteCodeDigits) answer = await admissions.ask({ inviteCode: code });
    if (isNumber(code) && (!answer || answer.result === 5)) answer = await admissions.ask({ code });
    const refusal = answer ? refusalOf(answer) : new RTCPeerError('NOT_FOUND', 'A meeting’s number has digits only.');
    if (refusal) throw refusal;
    const { room, meeting } = answer as CodeAnswer;
    if (!room) throw new RTCPeerError('NOT_FOUND', 'The meeting has no room.');
    return { ...lobbyRoomOf(room), name: meeting?.name ?? room.name };
  };

  const byNumber = async (roomId: number): Promise<LobbyRoom> => {
    const { room } = await admissions.within(roomId, () => client.call('room.getRoomById', { roomId }));
    // The room of an appointment opens only at its times. A user who may not read the appointment gets the times as an
    // error on entering.
    if (room.appointmentId !== null) {
      const refusal = await admissions.ask({ code: room.appointmentId }).then(refusalOf, RTCPeerError.from);
      if (refusal?.code === 'ROOM_NOT_OPEN') throw refusal;
    }
    return { ...lobbyRoomOf(room), name: room.appointmentName ?? room.name };
  };

  return (target: Target): Promise<LobbyRoom> => ('roomId' in target ? byNumber(target.roomId) : byCode(target.code));
};
