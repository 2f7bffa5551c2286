import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { InsideView } from '../../view/inside.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { Note } from '../controls/Note.tsx';
import { useText } from '../text.ts';
import styles from './LobbyInside.module.css';

/** Below the title of the lobby: the participants who are in the meeting already. */
export function LobbyInside({ app }: { app: AppModel }) {
  const t = useText();
  const view = useModel(() => new InsideView(app));
  const who = view.who.value;
  const obstacle = view.obstacle.value;
  return (
    <>
      {who && (
        <p class={styles.inside} data-testid="inside">
          {view.people.value.map(({ name, pictureurl }, index) => (
            <Avatar key={`${index} ${name}`} id={index} name={name} picture={pictureurl} class={styles.face} />
          ))}
          <span>
            {t(...who)}
            {view.isWaitingRoom.value && ` · ${t('inside.waiting')}`}
          </span>
        </p>
      )}
      <div class={styles.obstacle} role="status">
        {obstacle && (
          <Note tone="warning" testId="obstacle">
            {t(...obstacle)}
          </Note>
        )}
      </div>
    </>
  );
}
