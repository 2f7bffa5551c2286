import { Button } from '../../../ui/controls/Button.tsx';
import { download } from '../../../ui/controls/download.ts';
import { CalendarIcon } from '../../../ui/panelIcons.tsx';
import { problemOf } from '../../view/problem.ts';
import { usePortal } from '../context.ts';

/** Saves the meeting as a file that calendars open. */
export function CalendarButton({ inviteCode }: { inviteCode: string }) {
  const { t, portal, notify } = usePortal();
  const save = async () => {
    try {
      const { content, name } = await portal.appointments.calendarFile(inviteCode);
      download(content, { type: 'text/calendar', name });
    } catch (error) {
      notify(problemOf(error), 'bad');
    }
  };
  return (
    <div>
      <Button data-testid="calendar-file" onClick={() => void save()}>
        <CalendarIcon />
        {t('invite.calendar')}
      </Button>
    </div>
  );
}
