import type { Invitation } from '@meetframe/contract';
import { createModel, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';

/** What to pass on so that others can come; asked for when this is made. */
export const Inviting = createModel(({ client }: { client: Pick<Client, 'call'> }) => {
  const invitation = signal<Invitation | undefined>(undefined);
  client.call('meeting.getInvitation', {}).then(
    (answer) => {
      invitation.value = answer;
    },
    // Without the server's answer the number of the room is known.
    () => {},
  );
  return {
    invitation,
    /** The file for calendars of the appointment with this code. */
    calendarFile: (inviteCode: string) => client.call('appointment.getCalendarFile', { inviteCode }),
  };
});
