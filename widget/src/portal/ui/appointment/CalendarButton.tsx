import { downloadText } from '../../../download.ts';
import { Button } from '../../../ui/controls/Button.tsx';
import { CalendarIcon } from '../../../ui/panelIcons.tsx';
import { problemOf } from '../../view/problem.ts';
import { usePortal } from '../context.ts';

/** Saves the meeting as a file that calendars open. */
export function CalendarButton({ inviteCode }: { inviteCode: string }) {
  const { t, portal, notify } = usePortal();
  const save = async () => {
    try {
      const { content, name } = await portal.appointments.calendarFile(inviteCode);
      downloadText(content, { type: 'text/calendar', name });
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
