import type { Series } from '@meetframe/contract';
import { repeatText } from '@meetframe/contract/invitationText';
import controls from '../../../ui/controls/controls.module.css';
import { Select } from '../../../ui/controls/Select.tsx';
import { lengthOf, moveStart, type ScheduleValues, timeOf, withLength } from '../../view/appointment/schedule.ts';
import type { Form } from '../../view/form.ts';
import { usePortal } from '../context.ts';
import styles from './Form.module.css';
import { useRegion } from './region.ts';

type Props = { form: Form<ScheduleValues> };

/** In minutes. */
const lengths = [15, 30, 45, 60, 90, 120, 180, 240];
const other = 0;

/** Start and length; the end can be typed instead. */
export function TimesField({ form, series }: Props & { series: Series | null | undefined }) {
  const { t, format } = usePortal();
  const region = useRegion();
  const values = form.values.value;
  const start = timeOf(values, 'start');
  const length = lengthOf(values);
  const complaint = form.complaints.value.endTime;
  const known = lengths.includes(length) || !(length > 0) ? lengths : [...lengths, length].sort((a, b) => a - b);
  const write = (change: Partial<ScheduleValues>) => {
    for (const [field, value] of Object.entries(change)) form.set(field as keyof ScheduleValues, value);
  };
  return (
    <div class={styles.times}>
      <DayAndTime form={form} of="start" isDayFixed={series != null && values.scope === 'all'} />
      <Select
        label={t('schedule.length')}
        testId="schedule-length"
        options={[
          ...known.map((value) => ({ value, label: format.length(value) })),
          { value: other, label: t('schedule.lengthOther') },
        ]}
        value={values.hasOwnEnd || !(length > 0) ? other : length}
        error={values.hasOwnEnd || !complaint ? undefined : t(complaint)}
        onChoose={(value) => {
          if (value === other) form.set('hasOwnEnd', true);
          // With the time itself, which removes the complaint.
          else write({ endTime: values.endTime, ...withLength(form.values.peek(), value) });
        }}
      />
      {values.hasOwnEnd && <DayAndTime form={form} of="end" />}
      <p class={controls.hint}>
        {Number.isNaN(start) || !(length > 0)
          ? ''
          : `${t('schedule.until', { time: format.time(start + length * 60_000) })} · ${format.zone(start)}`}
        {series && ` · ${repeatText(series, region)}`}
      </p>
    </div>
  );
}

type MomentProps = Props & { of: 'start' | 'end'; isDayFixed?: boolean };

/** Two native inputs under one legend; the problem with either is shown below both. */
function DayAndTime({ form, of, isDayFixed = false }: MomentProps) {
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
            disabled={part === 'Day' && isDayFixed}
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
