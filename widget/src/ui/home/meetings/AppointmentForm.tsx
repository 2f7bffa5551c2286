import type { RoomType } from '@meetframe/contract';
import { useMemo } from 'preact/hooks';
import type { AppointmentDetails, MadeAppointment } from '../../../model/home/appointments.ts';
import { createScheduleForm, moveStart, type ScheduleValues } from '../../../view/home/schedule.ts';
import controls from '../../controls/controls.module.css';
import { useHome } from '../context.ts';
import { CheckField, ChoiceField, TextArea, TextField } from '../Field.tsx';
import { FormDialog } from '../FormDialog.tsx';
import styles from './Form.module.css';
import { InviteesField } from './InviteesField.tsx';
import { TopicsField } from './TopicsField.tsx';

type Props = {
  details: AppointmentDetails | undefined;
  now: () => number;
  onDone: (name: string, made: MadeAppointment) => void;
  onClose: () => void;
};

const types: readonly RoomType[] = [2, 1, 3];

export function AppointmentForm({ details, now, onDone, onClose }: Props) {
  const { t, home, format } = useHome();
  // What was typed outlives every new rendering.
  const { form, outcome } = useMemo(() => {
    const outcome: { made?: MadeAppointment } = {};
    const form = createScheduleForm(home.appointments, now, details, (made) => {
      outcome.made = made;
    });
    return { form, outcome };
  }, []);
  const move = (change: { startDay?: string; startTime?: string }) => {
    const moved = moveStart(form.values.peek(), change);
    for (const [field, value] of Object.entries(moved)) form.set(field as keyof ScheduleValues, value);
  };
  const { startDay, startTime } = form.values.value;
  const start = new Date(`${startDay}T${startTime}`).getTime();
  return (
    <FormDialog
      title={t(details ? 'schedule.edit' : 'schedule.title')}
      form={form}
      action={t(details ? 'common.save' : 'schedule.action')}
      testId="appointment-form"
      isWide
      onDone={() => {
        if (outcome.made) onDone(form.values.peek().name, outcome.made);
      }}
      onClose={onClose}
    >
      <TextField
        form={form}
        name="name"
        label={t('schedule.name')}
        placeholder={t('schedule.namePlaceholder')}
        testId="schedule-name"
        autocomplete="off"
        maxLength={100}
      />
      <div class={styles.times}>
        <fieldset class={styles.time}>
          <legend class={controls.label}>{t('schedule.starts')}</legend>
          <DayAndTime form={form} day="startDay" time="startTime" label={t('schedule.starts')} onMove={move} />
        </fieldset>
        <fieldset class={styles.time}>
          <legend class={controls.label}>{t('schedule.ends')}</legend>
          <DayAndTime form={form} day="endDay" time="endTime" label={t('schedule.ends')} />
        </fieldset>
        <p class={controls.hint}>{Number.isNaN(start) ? '' : format.zone(start)}</p>
      </div>
      <InviteesField form={form} />
      <TextArea
        form={form}
        name="description"
        label={t('schedule.description')}
        testId="schedule-description"
        maxLength={4000}
      />
      <TopicsField form={form} />
      <ChoiceField
        form={form}
        name="type"
        label={t('type.label')}
        testId="schedule-type"
        options={types.map((value) => ({ value, label: t(`type.${value}`) }))}
      />
      <CheckField
        form={form}
        name="isPublic"
        label={t('schedule.isPublic')}
        hint={t('schedule.isPublicHint')}
        testId="schedule-public"
      />
    </FormDialog>
  );
}

type DayProps = {
  form: ReturnType<typeof createScheduleForm>;
  day: 'startDay' | 'endDay';
  time: 'startTime' | 'endTime';
  label: string;
  onMove?: (change: { startDay?: string; startTime?: string }) => void;
};

/** Two native inputs under one legend; what is wrong with either stands below both. */
function DayAndTime({ form, day, time, label, onMove }: DayProps) {
  const { t } = useHome();
  const complaint = form.complaints.value[time];
  const write = (field: 'startDay' | 'endDay' | 'startTime' | 'endTime', value: string) => {
    if (onMove && (field === 'startDay' || field === 'startTime')) onMove({ [field]: value });
    else form.set(field, value);
    // The complaint is about both.
    form.set(time, form.values.peek()[time]);
  };
  const shared = {
    class: controls.input,
    'aria-invalid': complaint !== undefined,
    'aria-describedby': complaint ? `${time}-error` : undefined,
  };
  return (
    <>
      <div class={styles.dayAndTime}>
        <input
          {...shared}
          type="date"
          aria-label={t('schedule.dayOf', { what: label })}
          data-testid={day}
          value={form.values.value[day]}
          onInput={({ currentTarget: { value } }) => write(day, value)}
        />
        <input
          {...shared}
          type="time"
          aria-label={t('schedule.timeOf', { what: label })}
          data-testid={time}
          value={form.values.value[time]}
          onInput={({ currentTarget: { value } }) => write(time, value)}
        />
      </div>
      {complaint && (
        <p id={`${time}-error`} class={controls.error}>
          {t(complaint.key, complaint.params)}
        </p>
      )}
    </>
  );
}
