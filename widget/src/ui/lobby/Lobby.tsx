import type { AppModel } from '../../model/compose.ts';
import type { LobbyModel } from '../../view/lobby.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import controls from '../controls/controls.module.css';
import { HomeLink } from '../controls/HomeLink.tsx';
import { Picture } from '../controls/Picture.tsx';
import { UserText } from '../controls/UserText.tsx';
import { DeviceDialogs, LobbyDevices, LobbyInside, LobbyNotes } from '../devices/parts.ts';
import { useText } from '../text.ts';
import { Waiting } from '../waiting/parts.ts';
import { JoinForm } from './JoinForm.tsx';
import styles from './Lobby.module.css';
import { Preview } from './Preview.tsx';

type Props = {
  view: LobbyModel;
  toolbar: InstanceType<typeof ToolbarView>;
  app: AppModel;
};

/** The lobby before the meeting: preview of camera and microphone, and the name to enter with. */
export function Lobby({ view, toolbar, app }: Props) {
  const t = useText();
  const room = view.room.value;
  return (
    <main class={styles.screen}>
      <div class={styles.lobby}>
        <section class={styles.look} aria-label={t('lobby.preview')}>
          <Preview view={view} toolbar={toolbar} devices={app.devices} />
        </section>
        <section class={styles.form}>
          <header>
            <Picture src={view.logo.value} class={styles.logo} />
            <HomeLink show={app.showHome} />
            <h1 class={styles.title}>{room?.name ? <UserText text={room.name} /> : t('lobby.title')}</h1>
            {room && <p class={controls.hint}>{t('lobby.room', { number: room.roomId })}</p>}
            <LobbyInside app={app} />
          </header>
          <LobbyNotes app={app} toolbar={toolbar} />
          {app.meeting.waiting.value ? <Waiting app={app} /> : <JoinForm view={view} />}
          <div class={styles.devices}>
            <LobbyDevices app={app} toolbar={toolbar} />
          </div>
        </section>
      </div>
      <DeviceDialogs app={app} toolbar={toolbar} />
    </main>
  );
}
