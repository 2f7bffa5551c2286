import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/types.ts';
import { logoOf } from '../../view/brand.ts';
import { ClockView } from '../../view/clock.ts';
import { Picture } from '../controls/Picture.tsx';
import { useText } from '../text.ts';
import styles from './Meeting.module.css';

type Props = {
  app: AppModel;
  /** How many people there are that the stage has no place for. */
  hidden: number;
  onPeople: () => void;
};

export function Header({ app, hidden, onPeople }: Props) {
  const t = useText();
  const clock = useModel(() => new ClockView(app));
  const room = app.meeting.room.value;
  return (
    <header class={styles.header}>
      <Picture src={logoOf(app)} class={styles.logo} />
      <h1 class={styles.room}>{room?.appointmentName || room?.name}</h1>
      <span class={styles.clock} role="timer" aria-live="off">
        {clock.duration.value}
      </span>
      {hidden > 0 && (
        <button type="button" class={styles.hidden} data-testid="hidden-people" onClick={onPeople}>
          {t('stage.more', { count: hidden })}
        </button>
      )}
    </header>
  );
}
