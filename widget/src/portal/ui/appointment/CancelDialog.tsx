import type { MailCount, WhichMeetings } from '../../model/appointments.ts';
import type { PortalModel } from '../../model/portal.ts';
import { scopeField } from '../../view/appointment/schedule.ts';
import { tellingOf } from '../../view/appointment/telling.ts';
import { createForm, type DialogForm } from '../../view/form.ts';
import { usePortal } from '../context.ts';
import { FormDialog } from '../form/FormDialog.tsx';

type Meeting = { id: number; name: string; isRepeating: boolean };
type Values = { scope: WhichMeetings };

const createCancelForm = (appointments: PortalModel['appointments'], { id, name, isRepeating }: Meeting) => {
  let mail: MailCount = { sent: 0, unsent: 0 };
  const form: DialogForm<Values> = {
    testId: 'confirm',
    title: { key: 'appointment.cancel' },
    intro: { key: isRepeating ? 'appointment.cancelSeries' : 'appointment.cancelText', params: { name } },
    action: () => 'appointment.cancelYes',
    done: () => tellingOf('appointment.cancelled', mail),
    ...createForm<Values>({
      fields: isRepeating ? [scopeField('scope.cancel')] : [],
      initial: { scope: 'one' },
      async send({ scope }) {
        const told = await appointments.cancel(id, scope);
        if (!told) return { form: { key: 'appointment.inUse' } };
        mail = told;
        return undefined;
      },
    }),
  };
  return form;
};

/** Asks before a meeting is cancelled, and of a series which ones. */
export function CancelDialog({ meeting, onClose }: { meeting: Meeting; onClose: () => void }) {
  const { portal } = usePortal();
  return <FormDialog create={() => createCancelForm(portal.appointments, meeting)} isGrave onClose={onClose} />;
}
