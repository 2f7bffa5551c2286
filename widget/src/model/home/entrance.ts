import { RTCPeerError } from '@meetframe/contract';
import type { Client } from '../../platform/client.ts';
import type { Admissions } from '../admissions.ts';

/** What came of what somebody typed or clicked. `address` is what leads there again: it goes into the address bar. */
export type Entered =
  | { state: 'open'; address: string }
  | { state: 'early'; startTime: string }
  | { state: 'over' }
  | { state: 'unknown' };

type Target = { kind: 'code' | 'room'; number: string };

/** Invite codes have ten digits; room numbers are shorter. */
const codeLength = 10;

/** A number with the spaces that people put into it, or a whole invite link. */
export const readTyped = (text: string): Target | undefined => {
  const query = new URLSearchParams(text.slice(text.indexOf('?') + 1));
  for (const [field, kind] of [
    ['code', 'code'],
    ['rd', 'room'],
  ] as const) {
    const number = query.get(field);
    if (number && /^[1-9]\d{0,14}$/.test(number)) return { kind, number };
  }
  const digits = text.replace(/[\s-]/g, '');
  if (!/^[1-9]\d{0,14}$/.test(digits)) return undefined;
  return { kind: digits.length >= codeLength ? 'code' : 'room', number: digits };
};

/** Ways into a meeting from the home screen; each that leads in ends in the lobby. */
export const createEntrance = (
  client: Client,
  admissions: Pick<Admissions, 'ask'>,
  openLobby: (roomId: number) => Promise<void>,
) => {
  const open = (roomId: number, address: string): Entered => {
    // What is wrong with the room from here on is shown in its lobby.
    void openLobby(roomId).catch(() => undefined);
    return { state: 'open', address };
  };

  const byCode = async (input: { code: number } | { inviteCode: string }): Promise<Entered> => {
    const { result, room, meeting } = await admissions.ask(input);
    const code = 'code' in input ? input.code : input.inviteCode;
    if (result === 0 && room) return open(room.id, `#/?code=${code}`);
    if (result === 3 && meeting) return { state: 'early', startTime: meeting.startTime };
    return { state: result === 4 ? 'over' : 'unknown' };
  };

  const byRoom = async (number: string): Promise<Entered> => {
    try {
      const { room } = await client.call('room.getRoomById', { roomId: Number(number) });
      return open(room.id, `#/?rd=${room.id}`);
    } catch (error) {
      if (RTCPeerError.from(error).code === 'NOT_FOUND') return { state: 'unknown' };
      throw error;
    }
  };

  return {
    /** By what {@link readTyped} reads; `undefined` when that is nothing. */
    async type(text: string): Promise<Entered | undefined> {
      const target = readTyped(text);
      if (!target) return undefined;
      return target.kind === 'code' ? await byCode({ inviteCode: target.number }) : await byRoom(target.number);
    },
    /** Into an appointment that one made or is invited to. */
    appointment: (meetingId: number): Promise<Entered> => byCode({ code: meetingId }),
    /** Into the room of an appointment just made. */
    code: (inviteCode: string): Promise<Entered> => byCode({ inviteCode }),
  };
};
