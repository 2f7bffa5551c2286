import type { ErrorCode } from '@meetframe/contract';
import { problemText } from '../../view/problem.ts';
import { Button } from '../controls/Button.tsx';
import styles from '../controls/card.module.css';
import controls from '../controls/controls.module.css';
import { WarningIcon } from '../icons.tsx';
import { useText } from '../text.ts';

export function ErrorScreen({ code }: { code: ErrorCode }) {
  const t = useText();
  return (
    <main class={styles.screen}>
      <div class={styles.card} role="alert" data-testid="problem">
        <span class={`${styles.mark} ${styles.markBad}`}>
          <WarningIcon />
        </span>
        <h1 class={styles.title}>{t('error.title')}</h1>
        <p class={styles.text}>{t(problemText(code))}</p>
        <p class={controls.hint}>{t('error.code', { code })}</p>
        <Button look="primary" isWide onClick={() => window.location.reload()}>
          {t('error.retry')}
        </Button>
      </div>
    </main>
  );
}
