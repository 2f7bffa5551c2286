import { useEffect, useRef } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import controls from '../../../ui/controls/controls.module.css';
import dialog from '../../../ui/controls/Dialog.module.css';
import { CloseIcon } from '../../../ui/icons.tsx';
import type { ScheduleValues, Topic } from '../../view/appointment/schedule.ts';
import type { Form } from '../../view/form.ts';
import { usePortal } from '../context.ts';
import { PlusIcon } from '../icons.tsx';
import styles from './Form.module.css';

const mostTopics = 100;

/** The topics of a meeting, in order. */
export function TopicsField({ form }: { form: Form<ScheduleValues> }) {
  const { t } = usePortal();
  const { topics } = form.values.value;
  const complaint = form.complaints.value.topics;
  const box = useRef<HTMLFieldSetElement>(null);
  const adder = useRef<HTMLButtonElement>(null);
  const isAdded = useRef(false);
  const change = (next: readonly Topic[]) => form.set('topics', next);
  const write = (index: number, part: Partial<Topic>) =>
    change(topics.map((topic, at) => (at === index ? { ...topic, ...part } : topic)));

  // After a topic was added, its title gets the focus.
  useEffect(() => {
    if (!isAdded.current) return;
    isAdded.current = false;
    [...(box.current?.querySelectorAll('input') ?? [])].at(-1)?.focus();
  }, [topics.length]);

  return (
    <fieldset ref={box} class={`${styles.time} ${dialog.stack}`}>
      <legend class={controls.label}>{t('schedule.topics')}</legend>
      {topics.map((topic, index) => (
        // Topics are identified by their position.
        <div key={index} class={styles.topic} data-testid="topic">
          <input
            class={controls.input}
            autocomplete="off"
            maxLength={200}
            placeholder={t('schedule.topicTitle')}
            aria-label={t('schedule.topicNumber', { number: index + 1 })}
            aria-invalid={complaint !== undefined && topic.title.trim() === ''}
            data-testid="topic-title"
            value={topic.title}
            onInput={({ currentTarget: { value } }) => write(index, { title: value })}
          />
          <Button
            look="bare"
            aria-label={t('schedule.topicRemove', { number: index + 1 })}
            title={t('schedule.topicRemove', { number: index + 1 })}
            data-testid="topic-remove"
            onClick={() => {
              change(topics.filter((_, at) => at !== index));
              adder.current?.focus();
            }}
          >
            <CloseIcon />
          </Button>
          <textarea
            class={controls.input}
            rows={2}
            maxLength={4000}
            placeholder={t('schedule.topicContent')}
            aria-label={t('schedule.topicContentOf', { number: index + 1 })}
            data-testid="topic-content"
            value={topic.content}
            onInput={({ currentTarget: { value } }) => write(index, { content: value })}
          />
        </div>
      ))}
      {complaint && <p class={controls.error}>{t(complaint)}</p>}
      {topics.length < mostTopics && (
        <div class={styles.adding}>
          <button
            ref={adder}
            type="button"
            class={styles.add}
            data-testid="add-topic"
            onClick={() => {
              change([...topics, { title: '', content: '' }]);
              isAdded.current = true;
            }}
          >
            <PlusIcon />
            {t('schedule.topicAdd')}
          </button>
        </div>
      )}
    </fieldset>
  );
}
