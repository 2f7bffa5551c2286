import { mostMeetings } from '@meetframe/contract';
import { useId } from 'preact/hooks';
import controls from '../../../ui/controls/controls.module.css';
import { Field } from '../../../ui/controls/Field.tsx';
import { Select } from '../../../ui/controls/Select.tsx';
import unseen from '../../../ui/controls/unseen.module.css';
import { daysOf, type Repeating, toggleDay } from '../../view/appointment/repeat.ts';
import { type ScheduleValues, timeOf } from '../../view/appointment/schedule.ts';
import type { Form } from '../../view/form.ts';
import { usePortal } from '../context.ts';
import fields from '../form/Fields.module.css';
import styles from './Form.module.css';

const rhythms = ['never', 'day', 'weekday', 'week', 'month'] as const;

/** Whether and how a new meeting repeats. */
export function RepeatField({ form }: { form: Form<ScheduleValues> }) {
  const { t } = usePortal();
  const { repeat } = form.values.value;
  const start = timeOf(form.values.value, 'start');
  const complaint = form.complaints.value.repeat;
  const error =
    complaint &&
    t(complaint.key === 'home.field.invalid' ? { key: 'repeat.tooMany', params: { most: mostMeetings } } : complaint);
  const change = (part: Partial<Repeating>) => form.set('repeat', { ...form.values.peek().repeat, ...part });
  const day = Number.isNaN(start) ? '…' : new Date(start).getDate();
  return (
    <div class={styles.repeat}>
      <Select
        label={t('repeat.label')}
        testId="repeat"
        options={rhythms.map((value) => ({ value, label: t(`repeat.${value}`, { day }) }))}
        value={repeat.every}
        onChoose={(every) => change({ every })}
      />
      {repeat.every === 'week' && <Weekdays form={form} start={start} />}
      {repeat.every !== 'never' && (
        <div class={fields.pair}>
          <Select
            label={t('repeat.ends')}
            testId="repeat-ends"
            options={[
              { value: 'count', label: t('repeat.byCount') },
              { value: 'until', label: t('repeat.byDay') },
            ]}
            value={repeat.endsBy}
            onChoose={(endsBy) => change({ endsBy })}
          />
          <Field label={t(`repeat.${repeat.endsBy}`)} error={error}>
            {(control) => (
              <input
                {...control}
                key={repeat.endsBy}
                class={controls.input}
                data-testid={`repeat-${repeat.endsBy}`}
                {...(repeat.endsBy === 'count'
                  ? { inputMode: 'numeric', maxLength: 3, autocomplete: 'off' }
                  : { type: 'date' })}
                value={repeat[repeat.endsBy]}
                onInput={({ currentTarget: { value } }) => change({ [repeat.endsBy]: value })}
              />
            )}
          </Field>
        </div>
      )}
    </div>
  );
}

/** The days of the week, each on or off; one at least. */
function Weekdays({ form, start }: { form: Form<ScheduleValues>; start: number }) {
  const { t, app } = usePortal();
  const id = useId();
  const chosen = daysOf(form.values.value.repeat, start);
  const name = (day: number, weekday: 'long' | 'narrow') =>
    // 2024 began on a Monday.
    new Intl.DateTimeFormat(app.locale.value, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, day));
  return (
    <fieldset class={styles.time}>
      <legend class={controls.label}>{t('repeat.days')}</legend>
      <div class={styles.weekdays}>
        {[1, 2, 3, 4, 5, 6, 7].map((day) => (
          <label key={day} class={styles.weekday}>
            <input
              class={unseen.input}
              type="checkbox"
              name={id}
              aria-label={name(day, 'long')}
              data-testid={`weekday-${day}`}
              checked={chosen.includes(day)}
              onChange={() => form.set('repeat', toggleDay(form.values.peek().repeat, start, day))}
            />
            <span aria-hidden="true">{name(day, 'narrow')}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
