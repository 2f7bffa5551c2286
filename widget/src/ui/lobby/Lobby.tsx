import type { AppModel } from '../../model/compose.ts';
import type { TextKey } from '../../view/i18n.ts';
import type { LobbyModel } from '../../view/lobby.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import controls from '../controls/controls.module.css';
import { DeviceSelect } from '../controls/DeviceSelect.tsx';
import { HomeLink } from '../controls/HomeLink.tsx';
import { LevelMeter } from '../controls/LevelMeter.tsx';
import { Note } from '../controls/Note.tsx';
import { Picture } from '../controls/Picture.tsx';
import { UserText } from '../controls/UserText.tsx';
import { useText } from '../text.ts';
import { JoinForm } from './JoinForm.tsx';
import styles from './Lobby.module.css';
import { Preview } from './Preview.tsx';
import { SignOnNote } from './SignOnNote.tsx';

type Props = {
  view: LobbyModel;
  toolbar: InstanceType<typeof ToolbarView>;
  devices: AppModel['devices'];
  showHome: (() => void) | undefined;
};

/** The lobby before the meeting: preview of camera and microphone, and the name to enter with. */
export function Lobby({ view, toolbar, devices, showHome }: Props) {
  const t = useText();
  const room = view.room.value;
  return (
    <main class={styles.screen}>
      <div class={styles.lobby}>
        <section class={styles.look} aria-label={t('lobby.preview')}>
          <Preview view={view} toolbar={toolbar} devices={devices} />
        </section>
        <section class={styles.form}>
          <header>
            <Picture src={view.logo.value} class={styles.logo} />
            <HomeLink show={showHome} />
            <h1 class={styles.title}>{room?.name ? <UserText text={room.name} /> : t('lobby.title')}</h1>
            {room && <p class={controls.hint}>{t('lobby.room', { number: room.roomId })}</p>}
          </header>
          <SignOnNote isShown={view.signOnRefused.value} />
          <DeviceProblems problems={view.deviceProblems.value} />
          <JoinForm view={view} />
          <div class={styles.devices}>
            <div class={styles.microphone}>
              <DeviceSelect model={devices} kind="microphone" />
              <LevelMeter level={devices.microphoneLevel} />
            </div>
            {!view.isAudioOnly.value && <DeviceSelect model={devices} kind="camera" />}
          </div>
        </section>
      </div>
    </main>
  );
}

function DeviceProblems({ problems }: { problems: readonly TextKey[] }) {
  const t = useText();
  if (problems.length === 0) return null;
  return (
    <Note tone="warning" testId="device-problem">
      {problems.map((problem) => (
        <p key={problem}>{t(problem)}</p>
      ))}
      <p>{t('device.stillTakePart')}</p>
    </Note>
  );
}
