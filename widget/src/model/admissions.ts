import { type Input, type Output, type platform, RTCPeerError } from '@meetframe/contract';
import type { Client } from '../platform/client.ts';

type Row = (typeof platform)['appointment.getRoomByInviteCode'];
export type CodeAnswer = Output<Row>;

/** The error for a code that does not open a room now: 3 not started, 4 over or cancelled, 5 unknown (section 2.24). */
export const refusalOf = ({ result, meeting }: CodeAnswer): RTCPeerError | undefined => {
  if (result === 0) return undefined;
  if (result !== 3 && result !== 4) return new RTCPeerError('NOT_FOUND', 'There is no such meeting.');
  const times = meeting && { name: meeting.name, startTime: meeting.startTime, endTime: meeting.endTime };
  return result === 3
    ? new RTCPeerError('ROOM_NOT_OPEN', 'The meeting has not started.', { reason: 'early', ...times })
    : new RTCPeerError('ROOM_NOT_OPEN', 'The meeting is over.', { reason: 'over', ...times });
};

/**
 * Rooms that a code opened. The server remembers that for one session only, so after a lost session the code is checked
 * again before its room is entered.
 */
export const createAdmissions = (client: Pick<Client, 'send' | 'welcome'>) => {
  const opened = new Map<number, { asked: Record<string, unknown>; session: string }>();
  const session = async () => (await client.welcome()).resumeToken;

  const ask = async (asked: Input<Row> | Record<string, unknown>): Promise<CodeAnswer> => {
    const before = await session();
    const answer = (await client.send('appointment.getRoomByInviteCode', asked)) as CodeAnswer;
    if (answer.result === 0 && answer.room) opened.set(answer.room.id, { asked, session: before });
    return answer;
  };

  /** Checks the code again if the session has changed since the code opened the room. */
  const renew = async (roomId: number): Promise<RTCPeerError | undefined> => {
    const known = opened.get(roomId);
    return known && known.session !== (await session()) ? refusalOf(await ask(known.asked)) : undefined;
  };

  return {
    /** Section 2.24; a code that opens a room is remembered. */
    ask,
    /**
     * Runs an action on a room that a code may have opened. If the server answers that there is no such room, the
     * code's own error tells why.
     */
    async within<T>(roomId: number, act: () => Promise<T>): Promise<T> {
      const refusal = await renew(roomId);
      try {
        return await act();
      } catch (cause) {
        const error = RTCPeerError.from(cause);
        throw refusal && error.code === 'NOT_FOUND' ? refusal : error;
      }
    },
  };
};
export type Admissions = ReturnType<typeof createAdmissions>;
