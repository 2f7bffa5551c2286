import { useSignal } from '@preact/signals';
import type { AppModel } from '../../model/types.ts';
import { leftTexts, problemText } from '../../view/problem.ts';
import { Button } from '../controls/Button.tsx';
import { HomeLink } from '../controls/HomeLink.tsx';
import { Note } from '../controls/Note.tsx';
import { LeaveIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './card.module.css';

export function Left({ app }: { app: AppModel }) {
  const t = useText();
  const isWaiting = useSignal(false);
  const texts = leftTexts(app.leftReason.value ?? 'exit');
  const problem = app.problem.value;

  async function rejoin(): Promise<void> {
    isWaiting.value = true;
    await app.rejoin().catch(() => undefined);
    isWaiting.value = false;
  }

  return (
    <main class={styles.screen}>
      <div class={styles.card} role="status">
        <span class={styles.mark}>
          <LeaveIcon />
        </span>
        <h1 class={styles.title}>{t(texts.title)}</h1>
        <p class={styles.text}>{t(texts.hint)}</p>
        {problem && (
          <Note tone="bad" role="alert" testId="problem">
            {t(problemText(problem.code))}
          </Note>
        )}
        <Button look="primary" isWide data-testid="rejoin" disabled={isWaiting.value} onClick={rejoin}>
          {t('left.rejoin')}
        </Button>
        <HomeLink app={app} />
      </div>
    </main>
  );
}
