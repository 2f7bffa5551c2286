import type { PipView } from '../../view/pip.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { UserText } from '../controls/UserText.tsx';
import { Video } from '../controls/Video.tsx';
import { LeaveIcon, MicIcon, MicOffIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './PipWindow.module.css';

type Props = { view: InstanceType<typeof PipView>; toolbar: InstanceType<typeof ToolbarView> };

/** The active speaker, with the most important controls. */
export function PipWindow({ view, toolbar }: Props) {
  const t = useText();
  const client = view.client.value;
  const stream = view.stream.value;
  const { isOn, toggle } = toolbar.microphone.value;
  const muteText = t(isOn ? 'toolbar.mute' : 'toolbar.unmute');
  return (
    <main class={styles.window} data-theme="dark" data-testid="pip">
      {stream ? (
        <Video stream={stream} class={styles.video} />
      ) : (
        client && <Avatar id={client.id} name={client.name} picture={client.pictureurl} class={styles.avatar} />
      )}
      {client && (
        <p class={styles.name}>
          <UserText text={client.name} />
        </p>
      )}
      <div class={styles.controls}>
        <button
          type="button"
          class={styles.button}
          aria-label={muteText}
          title={muteText}
          aria-pressed={!isOn}
          data-testid="pip-mic"
          onClick={toggle}
        >
          {isOn ? <MicIcon /> : <MicOffIcon />}
        </button>
        <button
          type="button"
          class={`${styles.button} ${styles.leave}`}
          aria-label={t('toolbar.leave')}
          title={t('toolbar.leave')}
          data-testid="pip-leave"
          onClick={toolbar.leave}
        >
          <LeaveIcon />
        </button>
      </div>
    </main>
  );
}
