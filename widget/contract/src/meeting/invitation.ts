import * as z from 'zod/mini';
import { id } from '../beans/index.ts';
import { method, methods } from '../define.ts';
import { participants } from '../may.ts';

/** What participants pass on to people who should join. */
export const invitation = z.object({
  roomId: id,
  name: z.string(),
  /** Lets everybody who has it enter; `null` when the meeting is no appointment. */
  inviteCode: z.nullable(z.string()),
  /** False: without an invite code only members of the room can enter. */
  isPublic: z.boolean(),
  isHasPwd: z.boolean(),
  /** Of the appointment, ISO 8601; `null` when the meeting is none. */
  startTime: z.nullable(z.string()),
  endTime: z.nullable(z.string()),
});
export type Invitation = z.output<typeof invitation>;

export const invitationMethods = methods({
  'meeting.getInvitation': method({
    spec: '+',
    page: 'meeting.getInvitation',
    summary:
      'Read what to pass on to people who should join: the id of the room and, for an appointment, its invite code.',
    input: z.object({}),
    output: invitation,
    reads: true,
    may: participants,
    since: '1.0',
  }),
});
