import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import type { HomeModel } from '../../model/home/home.ts';
import type { AppModel, HomeDoor } from '../../model/types.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import styles from '../ended/card.module.css';
import { RoomIcon } from '../icons.tsx';
import { useText } from '../text.ts';

/** On the platform's own page the home screen; in a partner's page a quiet word until the page opens a room. */
export function Idle({ app }: { app: AppModel }) {
  return app.home ? <HomeScreen app={app} home={app.home} /> : <Ready app={app} />;
}

function Ready({ app }: { app: AppModel }) {
  const t = useText();
  const isConnecting = app.session.connection.value === 'connecting';
  return (
    <main class={styles.screen}>
      <div class={styles.plain} role="status">
        <span class={styles.mark}>
          <RoomIcon />
        </span>
        <p class={styles.strong}>{t(isConnecting ? 'idle.connecting' : 'idle.ready')}</p>
        <p class={controls.hint}>{t('idle.readyHint')}</p>
      </div>
    </main>
  );
}

type Loaded = { home: HomeModel; Home: ComponentType<{ app: AppModel; home: HomeModel }> };

/** The home screen comes in a piece of its own: whoever only joins a meeting does not load it. */
function HomeScreen({ app, home }: { app: AppModel; home: HomeDoor }) {
  const t = useText();
  const loaded = useSignal<Loaded | undefined>(undefined);
  const isFailed = useSignal(false);

  async function load(): Promise<void> {
    isFailed.value = false;
    try {
      const [models, { Home }] = await Promise.all([home.open(), import('../home/Home.tsx')]);
      loaded.value = { home: models, Home };
    } catch {
      isFailed.value = true;
    }
  }
  useEffect(() => void load(), []);

  if (loaded.value) return <loaded.value.Home app={app} home={loaded.value.home} />;
  return (
    <main class={styles.screen}>
      <div class={styles.plain} role="status">
        <span class={styles.mark}>
          <RoomIcon />
        </span>
        <p class={styles.strong}>{t(isFailed.value ? 'problem.DISCONNECTED' : 'idle.connecting')}</p>
        {isFailed.value && <Button onClick={() => void load()}>{t('error.retry')}</Button>}
      </div>
    </main>
  );
}
