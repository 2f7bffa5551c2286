import type { AppointmentDetails, MadeAppointment } from '../../../model/home/appointments.ts';
import { Confirm } from '../Confirm.tsx';
import { useHome } from '../context.ts';
import { AppointmentDetailsDialog } from './AppointmentDetails.tsx';
import { AppointmentForm } from './AppointmentForm.tsx';
import { MadeDialog } from './MadeDialog.tsx';

export type OpenDialog =
  | { kind: 'details'; id: number }
  /** A new one without `details`. */
  | { kind: 'form'; details: AppointmentDetails | undefined }
  | { kind: 'cancel'; id: number; name: string }
  | { kind: 'made'; title: string; name: string; made: MadeAppointment };

type Props = { open: OpenDialog; show: (dialog: OpenDialog | undefined) => void; now: () => number };

/** The dialog that is open: one at a time. */
export function AppointmentDialogs({ open, show, now }: Props) {
  const { t, home, say } = useHome();
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
          onDone={(name, made) => {
            if (open.details) {
              close();
              say({ key: 'schedule.saved' });
            } else show({ kind: 'made', title: t('schedule.done'), name, made });
          }}
        />
      );
    case 'made':
      return <MadeDialog title={open.title} name={open.name} made={open.made} onClose={close} />;
    case 'cancel':
      return (
        <Confirm
          title={t('appointment.cancel')}
          action={t('appointment.cancelYes')}
          run={async () => ((await home.appointments.cancel(open.id)) ? undefined : { key: 'appointment.inUse' })}
          onDone={() => {
            close();
            say({ key: 'appointment.cancelled' });
          }}
          onClose={close}
        >
          {t('appointment.cancelText', { name: open.name })}
        </Confirm>
      );
  }
}
