import type { ComponentChildren } from 'preact';
import type { HeaderView } from '../../view/header.ts';
import { Picture } from '../controls/Picture.tsx';
import { UserText } from '../controls/UserText.tsx';
import { InfoIcon, LockIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import styles from './Meeting.module.css';

type Props = {
  view: InstanceType<typeof HeaderView>;
  /** Opens the dialog with the meeting's details and its invitation. */
  onInfo: (() => void) | undefined;
  isLocked: boolean;
  /** Under a panel. */
  isCovered: boolean;
  /** Indicators, such as for recording. */
  children: ComponentChildren;
};

export function Header({ view, onInfo, isLocked, isCovered, children }: Props) {
  const t = useText();
  return (
    <header class={styles.header} data-theme="dark" inert={isCovered}>
      <Picture src={view.logo.value} class={styles.logo} />
      <h1 class={styles.room}>
        <button
          type="button"
          class={styles.title}
          title={t('meeting.info')}
          aria-label={t('meeting.infoOf', { name: view.title.value ?? '' })}
          data-testid="meeting-info"
          disabled={!onInfo}
          onClick={onInfo}
        >
          <UserText text={view.title.value ?? ''} />
          {onInfo && <InfoIcon />}
        </button>
      </h1>
      {isLocked && (
        <span class={styles.lock} role="img" aria-label={t('people.locked')} title={t('people.locked')}>
          <LockIcon />
        </span>
      )}
      <span class={styles.clock} role="timer" aria-live="off">
        {view.duration.value}
      </span>
      {children}
    </header>
  );
}
