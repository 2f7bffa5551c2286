import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/types.ts';
import { ClockView } from '../../view/clock.ts';
import styles from './Meeting.module.css';

export function Header({ app }: { app: AppModel }) {
  const clock = useModel(() => new ClockView(app));
  const room = app.meeting.room.value;
  return (
    <header class={styles.header}>
      <h1 class={styles.room}>{room?.appointmentName || room?.name}</h1>
      <span class={styles.clock} role="timer" aria-live="off">
        {clock.duration.value}
      </span>
    </header>
  );
}
