import * as z from 'zod/mini';
import { id } from '../beans/index.ts';
import { method, methods } from '../define.ts';
import { participants } from '../may.ts';

/** What participants pass on so that others can come. */
export const invitation = z.object({
  roomId: id,
  name: z.string(),
  /** Opens the meeting for everybody who has it; `null` when the meeting is no appointment. */
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
    summary: 'What to pass on so that others can come: the number of the room, and the invite code of an appointment.',
    input: z.object({}),
    output: invitation,
    reads: true,
    may: participants,
    since: '1.0',
  }),
});
