import '../../view/copyTexts.ts';
import { CheckIcon, CopyIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import { Button } from './Button.tsx';
import styles from './CopyLine.module.css';
import controls from './controls.module.css';
import { useClipboard } from './copy.ts';
import { Hidden } from './Hidden.tsx';

type Props = {
  label: string;
  value: string;
  /** Another form of the value, easier to read. */
  shown?: string;
  testId: string;
  /** The one that most people need, with words on its button. */
  isMain?: boolean;
};

/** A value that people pass on, with a button that copies it. */
export function CopyLine({ label, value, shown = value, testId, isMain = false }: Props) {
  const t = useText();
  const { state, copy } = useClipboard();
  const icon = state === 'copied' ? <CheckIcon /> : <CopyIcon />;
  const action = t('invitation.copy', { what: label });
  return (
    <div class={styles.line}>
      <p class={styles.value}>
        <span class={styles.label}>{label}</span>
        <span class={styles.text} data-testid={testId}>
          {shown}
        </span>
      </p>
      <Button
        look={isMain ? 'primary' : 'quiet'}
        aria-label={action}
        title={action}
        data-testid={`copy-${testId}`}
        onClick={() => copy(value)}
      >
        {icon}
        {isMain && <span>{t(state === 'copied' ? 'invitation.copied' : 'invitation.copyShort')}</span>}
      </Button>
      <Hidden role="status">
        {state === 'copied' && t('invitation.copied')}
        {state === 'failed' && t('invitation.copyFailed')}
      </Hidden>
      {state === 'failed' && <p class={controls.error}>{t('invitation.copyFailed')}</p>}
    </div>
  );
}
