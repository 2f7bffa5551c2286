import { useEffect, useMemo } from 'preact/hooks';
import type { AppointmentDetails, MadeAppointment } from '../../model/appointments.ts';
import { createScheduleForm } from '../../view/appointment/schedule.ts';
import { usePortal } from '../context.ts';
import { DialogWithForm } from '../form/FormDialog.tsx';
import { InviteesField } from './InviteesField.tsx';
import { RepeatField } from './RepeatField.tsx';
import { TimesField } from './TimesField.tsx';
import { TopicsField } from './TopicsField.tsx';

type Props = {
  details: AppointmentDetails | undefined;
  now: () => number;
  onDone: (name: string, made: MadeAppointment) => void;
  onClose: () => void;
};

export function AppointmentForm({ details, now, onDone, onClose }: Props) {
  const { portal, app } = usePortal();
  useEffect(() => {
    void portal.appointments.askAboutMail().catch(() => undefined);
  }, [portal]);
  // Created once, so that typed text is kept when the form renders again.
  const { form, outcome } = useMemo(() => {
    const outcome: { made?: MadeAppointment } = {};
    const form = createScheduleForm({
      appointments: portal.appointments,
      ...{ now, details },
      place: { language: app.locale.peek(), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone },
      onMade: (made) => {
        outcome.made = made;
      },
    });
    return { form, outcome };
  }, []);
  const own = {
    startTime: <TimesField form={form} series={details?.series} />,
    repeat: <RepeatField form={form} />,
    members: <InviteesField form={form} />,
    topics: <TopicsField form={form} />,
  };
  const finish = () => outcome.made && onDone(form.values.peek().name, outcome.made);
  return <DialogWithForm form={form} own={own} isWide onDone={finish} onClose={onClose} />;
}
