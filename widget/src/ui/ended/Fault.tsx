import '../../view/hostingTexts.ts';
import type { AppModel } from '../../model/compose.ts';
import type { TextKey } from '../../view/i18n.ts';
import { Button } from '../controls/Button.tsx';
import styles from '../controls/card.module.css';
import controls from '../controls/controls.module.css';
import { WarningIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import hosting from './Hosting.module.css';

/** The screen for a fault between widget and platform: a sentence for users, and the error for administrators. */
export function FaultScreen({ app }: { app: Pick<AppModel, 'problem'> }) {
  const t = useText();
  const problem = app.problem.value;
  const fault = problem?.details?.fault;
  if (!problem || !fault) return null;
  return (
    <main class={styles.screen}>
      <div class={styles.card} role="alert" data-testid="fault" data-fault={fault}>
        <span class={`${styles.mark} ${styles.markBad}`}>
          <WarningIcon />
        </span>
        <h1 class={styles.title}>{t('fault.title')}</h1>
        <p class={styles.text}>{t(`fault.${fault}` as TextKey)}</p>
        <p class={controls.hint}>{t('fault.tell')}</p>
        <p class={hosting.detail} lang="en">
          {problem.message} ({problem.code}, {String(fault)})
        </p>
        <Button look="primary" isWide onClick={() => window.location.reload()}>
          {t('error.retry')}
        </Button>
      </div>
    </main>
  );
}
