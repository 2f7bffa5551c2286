import { useSignal } from '@preact/signals';
import type { PeopleView, Person } from '../../view/people.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { UserText } from '../controls/UserText.tsx';
import { CameraOffIcon, MicIcon, MicOffIcon } from '../icons.tsx';
import { Panel } from '../meeting/Panel.tsx';
import { useText } from '../text.ts';
import styles from './People.module.css';

type Props = { view: InstanceType<typeof PeopleView>; onClose: () => void };

export function People({ view, onClose }: Props) {
  const t = useText();
  const failed = useSignal(false);
  async function act(action: () => Promise<void>): Promise<void> {
    failed.value = false;
    await action().catch(() => {
      failed.value = true;
    });
  }
  return (
    <Panel title={t('people.title', { count: view.count.value })} onClose={onClose} testId="people-panel">
      <p class={`${styles.failed} ${controls.error}`} role="alert">
        {failed.value && t('people.failed')}
      </p>
      <ul class={styles.list}>
        {view.people.value.map((person) => (
          <Row key={person.id} person={person} onAct={act} />
        ))}
      </ul>
    </Panel>
  );
}

function Row({ person, onAct }: { person: Person; onAct: (action: () => Promise<void>) => void }) {
  const t = useText();
  const { id, name, picture, isSelf, isModerator, isMuted, hasCamera, isConnected, mute } = person;
  const muteText = t(isMuted ? 'people.askUnmute' : 'people.mute', { name });
  const note = isConnected ? isModerator && t('people.moderator') : t('stage.lost');
  return (
    <li class={styles.person} data-testid="person" data-client-id={id}>
      <Avatar id={id} name={name} picture={picture} class={styles.avatar} />
      <div class={styles.who}>
        <p class={styles.name}>
          <UserText text={name} />
          {isSelf && ` (${t('stage.you')})`}
        </p>
        {note && <p class={controls.hint}>{note}</p>}
      </div>
      {!hasCamera && (
        <span class={styles.state} role="img" aria-label={t('people.cameraOff')}>
          <CameraOffIcon />
        </span>
      )}
      {mute ? (
        <Button
          look="bare"
          aria-label={muteText}
          title={muteText}
          data-testid="mute-member"
          onClick={() => onAct(mute)}
        >
          {isMuted ? <MicOffIcon /> : <MicIcon />}
        </Button>
      ) : (
        isMuted && (
          <span class={styles.state} role="img" aria-label={t('stage.muted')}>
            <MicOffIcon />
          </span>
        )
      )}
    </li>
  );
}
