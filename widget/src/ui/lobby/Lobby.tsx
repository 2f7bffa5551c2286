import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/types.ts';
import { logoOf } from '../../view/brand.ts';
import { deviceProblemText } from '../../view/problem.ts';
import { ToolbarView } from '../../view/toolbar.ts';
import controls from '../controls/controls.module.css';
import { DeviceSelect } from '../controls/DeviceSelect.tsx';
import { HomeLink } from '../controls/HomeLink.tsx';
import { LevelMeter } from '../controls/LevelMeter.tsx';
import { Note } from '../controls/Note.tsx';
import { Picture } from '../controls/Picture.tsx';
import { useText } from '../text.ts';
import { JoinForm } from './JoinForm.tsx';
import styles from './Lobby.module.css';
import { Preview } from './Preview.tsx';
import { SignOnNote } from './SignOnNote.tsx';

/** Before the meeting: how one looks and sounds, under which name one enters. */
export function Lobby({ app }: { app: AppModel }) {
  const t = useText();
  const toolbar = useModel(() => new ToolbarView(app));
  const room = app.lobbyRoom.value;
  return (
    <main class={styles.screen}>
      <div class={styles.lobby}>
        <section class={styles.look} aria-label={t('lobby.preview')}>
          <Preview app={app} toolbar={toolbar} />
        </section>
        <section class={styles.form}>
          <header>
            <Picture src={logoOf(app)} class={styles.logo} />
            <HomeLink app={app} />
            <h1 class={styles.title}>{room?.name || t('lobby.title')}</h1>
            {room && <p class={controls.hint}>{t('lobby.room', { number: room.roomId })}</p>}
          </header>
          <SignOnNote app={app} />
          <DeviceProblems app={app} />
          <JoinForm app={app} />
          <div class={styles.devices}>
            <div class={styles.microphone}>
              <DeviceSelect model={app.devices} kind="microphone" />
              <LevelMeter level={app.devices.microphoneLevel} />
            </div>
            {!app.isAudio.value && <DeviceSelect model={app.devices} kind="camera" />}
          </div>
        </section>
      </div>
    </main>
  );
}

function DeviceProblems({ app }: { app: AppModel }) {
  const t = useText();
  const camera = app.devices.cameraProblem.value;
  const microphone = app.devices.microphoneProblem.value;
  if (!camera && !microphone) return null;
  return (
    <Note tone="warning" testId="device-problem">
      {microphone && <p>{t(deviceProblemText('microphone', microphone))}</p>}
      {camera && <p>{t(deviceProblemText('camera', camera))}</p>}
      <p>{t('device.stillTakePart')}</p>
    </Note>
  );
}
