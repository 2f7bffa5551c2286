import type { ReadonlySignal } from '@preact/signals';
import type { SaidLine } from '../../view/home/said.ts';
import { Button } from '../controls/Button.tsx';
import { CloseIcon, WarningIcon } from '../icons.tsx';
import { useHome } from './context.ts';
import { CheckIcon } from './icons.tsx';
import styles from './parts.module.css';

/** What was just done, or went wrong, at the lower edge. The regions are always there, so that readers notice what comes. */
export function Said({
  lines,
  dismiss,
}: {
  lines: ReadonlySignal<readonly SaidLine[]>;
  dismiss: (id: number) => void;
}) {
  const { t } = useHome();
  const of = (tone: SaidLine['tone']) => lines.value.filter((line) => line.tone === tone);
  return (
    <div class={styles.said}>
      <div role="status">
        {of('good').map(({ id, text }) => (
          <p key={id} class={styles.line} data-testid="said">
            <CheckIcon />
            {t(text.key, text.params)}
          </p>
        ))}
      </div>
      <div role="alert">
        {of('bad').map(({ id, text }) => (
          <div key={id} class={`${styles.line} ${styles.bad}`} data-testid="said-problem">
            <WarningIcon />
            <p>{t(text.key, text.params)}</p>
            <Button look="bare" aria-label={t('common.dismiss')} onClick={() => dismiss(id)}>
              <CloseIcon />
            </Button>
          </div>
        ))}
      </div>
    </div>
  );
}
