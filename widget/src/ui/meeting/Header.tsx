import type { HeaderView } from '../../view/header.ts';
import { Picture } from '../controls/Picture.tsx';
import { UserText } from '../controls/UserText.tsx';
import { useText } from '../text.ts';
import styles from './Meeting.module.css';

type Props = {
  view: InstanceType<typeof HeaderView>;
  /** Number of participants for whom the stage has no place. */
  hidden: number;
  onPeople: () => void;
};

export function Header({ view, hidden, onPeople }: Props) {
  const t = useText();
  return (
    <header class={styles.header}>
      <Picture src={view.logo.value} class={styles.logo} />
      <h1 class={styles.room}>{view.title.value && <UserText text={view.title.value} />}</h1>
      <span class={styles.clock} role="timer" aria-live="off">
        {view.duration.value}
      </span>
      {hidden > 0 && (
        <button type="button" class={styles.hidden} data-testid="hidden-people" onClick={onPeople}>
          {t('stage.more', { count: hidden })}
        </button>
      )}
    </header>
  );
}
