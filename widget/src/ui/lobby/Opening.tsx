import type { AppModel } from '../../model/types.ts';
import { problemText } from '../../view/problem.ts';
import { Button } from '../controls/Button.tsx';
import { Note } from '../controls/Note.tsx';
import styles from '../ended/card.module.css';
import { RoomIcon } from '../icons.tsx';
import { useText } from '../text.ts';

/** Until it is known where an address or a number leads. */
export function Opening({ app }: { app: AppModel }) {
  const t = useText();
  const problem = app.problem.value;
  const isConnecting = app.session.connection.value !== 'connected';
  return (
    <main class={styles.screen}>
      <div class={styles.plain}>
        <span class={styles.mark}>
          <RoomIcon />
        </span>
        <p class={styles.strong} role="status">
          {t(isConnecting ? 'idle.connecting' : 'opening.wait')}
        </p>
        {problem && (
          <>
            <Note tone="bad" role="alert" testId="problem">
              {t(problemText(problem.code))}
            </Note>
            <Button look="primary" data-testid="again" onClick={() => void app.rejoin().catch(() => undefined)}>
              {t('error.retry')}
            </Button>
          </>
        )}
      </div>
    </main>
  );
}
