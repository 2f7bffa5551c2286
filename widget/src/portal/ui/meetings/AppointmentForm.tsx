import { useMemo } from 'preact/hooks';
import controls from '../../../ui/controls/controls.module.css';
import type { AppointmentDetails, MadeAppointment } from '../../model/appointments.ts';
import type { Form } from '../../view/form.ts';
import { createScheduleForm, moveStart, type ScheduleValues } from '../../view/schedule.ts';
import { usePortal } from '../context.ts';
import { DialogWithForm } from '../form/FormDialog.tsx';
import styles from './Form.module.css';
import { InviteesField } from './InviteesField.tsx';
import { TopicsField } from './TopicsField.tsx';

type Props = {
  details: AppointmentDetails | undefined;
  now: () => number;
  onDone: (name: string, made: MadeAppointment) => void;
  onClose: () => void;
};

export function AppointmentForm({ details, now, onDone, onClose }: Props) {
  const { portal } = usePortal();
  // Created once, so that typed text is kept when the form renders again.
  const { form, outcome } = useMemo(() => {
    const outcome: { made?: MadeAppointment } = {};
    const form = createScheduleForm(portal.appointments, now, details, (made) => {
      outcome.made = made;
    });
    return { form, outcome };
  }, []);
  const own = {
    startTime: <Times form={form} />,
    members: <InviteesField form={form} />,
    topics: <TopicsField form={form} />,
  };
  const finish = () => outcome.made && onDone(form.values.peek().name, outcome.made);
  return <DialogWithForm form={form} own={own} isWide onDone={finish} onClose={onClose} />;
}

type TimesProps = { form: Form<ScheduleValues> };
type Moment = 'start' | 'end';

function Times({ form }: TimesProps) {
  const { format } = usePortal();
  const { startDay, startTime } = form.values.value;
  const start = new Date(`${startDay}T${startTime}`).getTime();
  return (
    <div class={styles.times}>
      <DayAndTime form={form} of="start" />
      <DayAndTime form={form} of="end" />
      <p class={controls.hint}>{Number.isNaN(start) ? '' : format.zone(start)}</p>
    </div>
  );
}

/** Two native inputs under one legend; the problem with either is shown below both. */
function DayAndTime({ form, of }: TimesProps & { of: Moment }) {
  const { t } = usePortal();
  const what = t(`schedule.${of}s`);
  const complaint = form.complaints.value[`${of}Time`];
  const write = (change: Partial<ScheduleValues>) => {
    const moved = of === 'start' ? moveStart(form.values.peek(), change) : change;
    // A change of the time also removes the complaint, which is about day and time.
    const all = { [`${of}Time`]: form.values.peek()[`${of}Time`], ...moved };
    for (const [field, value] of Object.entries(all)) form.set(field as keyof ScheduleValues, value);
  };
  return (
    <fieldset class={styles.time}>
      <legend class={controls.label}>{what}</legend>
      <div class={styles.dayAndTime}>
        {(['Day', 'Time'] as const).map((part) => (
          <input
            key={part}
            class={controls.input}
            aria-invalid={complaint !== undefined}
            aria-describedby={complaint ? `${of}Time-error` : undefined}
            type={part === 'Day' ? 'date' : 'time'}
            aria-label={t(part === 'Day' ? 'schedule.dayOf' : 'schedule.timeOf', { what })}
            data-testid={`${of}${part}`}
            value={form.values.value[`${of}${part}`]}
            onInput={({ currentTarget: { value } }) => write({ [`${of}${part}`]: value })}
          />
        ))}
      </div>
      {complaint && (
        <p id={`${of}Time-error`} class={controls.error}>
          {t(complaint)}
        </p>
      )}
    </fieldset>
  );
}
