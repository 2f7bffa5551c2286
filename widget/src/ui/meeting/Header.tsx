import type { HeaderView } from '../../view/header.ts';
import { Picture } from '../controls/Picture.tsx';
import { UserText } from '../controls/UserText.tsx';
import styles from './Meeting.module.css';

export function Header({ view }: { view: InstanceType<typeof HeaderView> }) {
  return (
    <header class={styles.header} data-theme="dark">
      <Picture src={view.logo.value} class={styles.logo} />
      <h1 class={styles.room}>{view.title.value && <UserText text={view.title.value} />}</h1>
      <span class={styles.clock} role="timer" aria-live="off">
        {view.duration.value}
      </span>
    </header>
  );
}
