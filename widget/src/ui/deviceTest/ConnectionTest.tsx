import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { ConnectionTestView } from '../../view/connectionTest.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { WarningIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './ConnectionTest.module.css';

/** Below the test of the devices: does the meeting's media reach the server, and how long does it take? */
export function ConnectionTest({ meeting }: { meeting: Pick<AppModel['meeting'], 'make'> }) {
  const t = useText();
  const view = useModel(() => new ConnectionTestView(meeting));
  const sentence = view.sentence.value;
  const isBad = sentence !== undefined && !view.isFine.value;
  return (
    <section class={styles.connection} data-testid="connection-test" data-done={sentence !== undefined}>
      <h3 class={controls.label}>{t('connection.title')}</h3>
      <p class={`${styles.result} ${isBad ? styles.bad : ''}`} role="status">
        {sentence ? isBad && <WarningIcon /> : <span class={controls.spinner} aria-hidden="true" />}
        <span>{sentence ? t(...sentence) : t('connection.testing')}</span>
      </p>
      {isBad && (
        <Button data-testid="connection-again" onClick={view.again}>
          {t('connection.again')}
        </Button>
      )}
    </section>
  );
}
