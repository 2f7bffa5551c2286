import '../../view/leftTexts.ts';
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import type { TextKey } from '../../view/i18n.ts';
import { leftTexts, problemText } from '../../view/problem.ts';
import { regionalLocale } from '../../view/regional.ts';
import { stayedText } from '../../view/stayed.ts';
import { Button } from '../controls/Button.tsx';
import styles from '../controls/card.module.css';
import { HomeLink } from '../controls/HomeLink.tsx';
import { Note } from '../controls/Note.tsx';
import { LeaveIcon } from '../icons.tsx';
import { useText } from '../text.ts';

type Props = {
  texts: { title: TextKey; hint: TextKey };
  /** How long the user was there. */
  stayed: string | undefined;
  /** How many participants took part meanwhile. */
  met: number;
  problem: TextKey | undefined;
  rejoin: () => Promise<void>;
  showHome: (() => void) | undefined;
};

export const LeftScreen = ({ app }: { app: AppModel }) => (
  <Left
    texts={leftTexts(app.leftReason.value ?? 'exit')}
    stayed={stayedText(app.stayed.value, regionalLocale(app.locale.value, navigator.languages))}
    met={app.met.value}
    problem={app.problem.value && problemText(app.problem.value.code)}
    rejoin={app.rejoin}
    showHome={app.showHome}
  />
);

function Left({ texts, stayed, met, problem, rejoin, showHome }: Props) {
  const t = useText();
  const isWaiting = useSignal(false);
  const title = useRef<HTMLHeadingElement>(null);
  // The button that was pressed is gone.
  useEffect(() => title.current?.focus(), []);

  async function comeBack(): Promise<void> {
    isWaiting.value = true;
    await rejoin().catch(() => undefined);
    isWaiting.value = false;
  }

  return (
    <main class={styles.screen}>
      <div class={styles.card} role="status">
        <span class={styles.mark}>
          <LeaveIcon />
        </span>
        <h1 ref={title} class={styles.title} tabIndex={-1}>
          {t(texts.title)}
        </h1>
        <p class={styles.text}>
          {t(texts.hint)} {stayed && t('left.stayed', { time: stayed })} {met > 1 && t('left.met', { count: met })}
        </p>
        {problem && (
          <Note tone="bad" role="alert" testId="problem">
            {t(problem)}
          </Note>
        )}
        <Button look="primary" isWide data-testid="rejoin" disabled={isWaiting.value} onClick={comeBack}>
          {t('left.rejoin')}
        </Button>
        <HomeLink show={showHome} />
      </div>
    </main>
  );
}
