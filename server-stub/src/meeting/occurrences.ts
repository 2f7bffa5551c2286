import { randomUUID } from 'node:crypto';
import type { EndReason } from '@meetframe/contract/meeting/seat';
import type { Store } from '../store/store.ts';
import type { Occurrence } from '../webhooks/outbox.ts';
import type { Meeting } from './meeting.ts';
import type { Participant } from './participant.ts';

const text = (time: number): string => new Date(time).toISOString();
const commonOf = (id: string, companyId: number | null) => ({ subject: `meeting ${id}`, companyIds: [companyId] });

const aboutMeeting = ({ id, room, appointment, startedAt }: Meeting) => ({
  meetingId: id,
  roomId: room.id,
  name: room.name,
  appointmentId: appointment?.id ?? null,
  startTime: text(startedAt),
});
const person = ({ id, user, client: { name } }: Participant, companyId: number) => ({
  clientId: id,
  userId: user?.id ?? null,
  account: user?.companyId === companyId ? user.account : null,
  name,
});

export const started = (meeting: Meeting): Occurrence => ({
  ...commonOf(meeting.id, meeting.room.companyId),
  event: 'meeting.started',
  key: `meeting_started_${meeting.id}`,
  time: meeting.startedAt,
  data: () => aboutMeeting(meeting),
});

export const entered = (meeting: Meeting, one: Participant): Occurrence => {
  const about = aboutMeeting(meeting);
  return {
    ...commonOf(meeting.id, meeting.room.companyId),
    event: 'meeting.entered',
    key: `meeting_entered_${randomUUID()}`,
    time: Date.now(),
    data: (companyId) => ({ ...about, participant: person(one, companyId) }),
  };
};

export const left = (meeting: Meeting, one: Participant, why: EndReason | undefined): Occurrence => {
  const about = aboutMeeting(meeting);
  const reason = why === undefined || why === 'shutdown' ? 'left' : why;
  return {
    ...commonOf(meeting.id, meeting.room.companyId),
    event: 'meeting.left',
    key: `meeting_left_${randomUUID()}`,
    time: Date.now(),
    data: (companyId) => ({ ...about, participant: person(one, companyId), reason }),
  };
};

/** Meetings that have ended; `rows` are those of the table. */
export const ended = async (
  rows: readonly { id: string; roomId: number; startedAt: number; endedAt: number | null }[],
  within: Store,
): Promise<Occurrence[]> => {
  if (rows.length === 0) return [];
  const rooms = await within
    .selectFrom('room')
    .select(['id', 'name', 'companyId', 'appointmentId'])
    .where('id', 'in', [...new Set(rows.map(({ roomId }) => roomId))])
    .execute();
  return rows.flatMap(({ id, roomId, startedAt, endedAt }) => {
    const room = rooms.find((each) => each.id === roomId);
    if (!room) return [];
    const end = endedAt ?? startedAt;
    return [
      {
        ...commonOf(id, room.companyId),
        event: 'meeting.ended' as const,
        key: `meeting_ended_${id}`,
        time: end,
        data: () => ({
          meetingId: id,
          roomId,
          name: room.name,
          appointmentId: room.appointmentId,
          startTime: text(startedAt),
          endTime: text(end),
          duration: Math.max(0, Math.round((end - startedAt) / 1000)),
        }),
      },
    ];
  });
};
