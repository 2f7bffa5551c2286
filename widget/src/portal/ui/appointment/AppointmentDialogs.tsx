import type { MadeAppointment } from '../../model/appointments.ts';
import { tellingOf } from '../../view/appointment/telling.ts';
import { usePortal } from '../context.ts';
import { AppointmentDetailsDialog } from './AppointmentDetails.tsx';
import { AppointmentForm } from './AppointmentForm.tsx';
import '../../view/appointment/texts.ts';
import type { OpenDialog } from '../meetings/dialog.ts';
import { CancelDialog } from './CancelDialog.tsx';
import { MadeDialog } from './MadeDialog.tsx';

type Props = { open: OpenDialog; show: (dialog: OpenDialog | undefined) => void; now: () => number };

/** The dialog that is open: one at a time. */
export function AppointmentDialogs({ open, show, now }: Props) {
  const { t, notify } = usePortal();
  const close = () => show(undefined);
  switch (open.kind) {
    case 'details':
      return <AppointmentDetailsDialog key={open.id} id={open.id} show={show} now={now} />;
    case 'form':
      return (
        <AppointmentForm
          details={open.details}
          now={now}
          onClose={close}
          onDone={(name: string, made: MadeAppointment) => {
            if (open.details) {
              close();
              notify(tellingOf('schedule.saved', made.mail));
            } else show({ kind: 'made', title: t('schedule.done'), name, made });
          }}
        />
      );
    case 'made':
      return <MadeDialog title={open.title} name={open.name} made={open.made} onClose={close} />;
    case 'cancel':
      return <CancelDialog meeting={open} onClose={close} />;
  }
}
