import type { MadeAppointment } from '../../model/appointments.ts';
import { Confirm } from '../Confirm.tsx';
import { usePortal } from '../context.ts';
import { AppointmentDetailsDialog } from './AppointmentDetails.tsx';
import { AppointmentForm } from './AppointmentForm.tsx';
import type { OpenDialog } from './dialog.ts';
import { MadeDialog } from './MadeDialog.tsx';

type Props = { open: OpenDialog; show: (dialog: OpenDialog | undefined) => void; now: () => number };

/** The dialog that is open: one at a time. */
export function AppointmentDialogs({ open, show, now }: Props) {
  const { t, portal, notify } = usePortal();
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
              notify({ key: 'schedule.saved' });
            } else show({ kind: 'made', title: t('schedule.done'), name, made });
          }}
        />
      );
    case 'made':
      return <MadeDialog title={open.title} name={open.name} made={open.made} onClose={close} />;
    case 'cancel':
      return (
        <Confirm
          title="appointment.cancel"
          text={{ key: 'appointment.cancelText', params: { name: open.name } }}
          action="appointment.cancelYes"
          run={() => portal.appointments.cancel(open.id)}
          refused="appointment.inUse"
          done={{ key: 'appointment.cancelled' }}
          onClose={close}
        />
      );
  }
}
