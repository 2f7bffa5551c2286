import '../../view/hostingTexts.ts';
import type { AppModel } from '../../model/compose.ts';
import { Button } from '../controls/Button.tsx';
import { useText } from '../text.ts';
import styles from './Hosting.module.css';

/** Over any screen: the platform was updated, and this widget is of an older version. The user may ignore it. */
export function Outdated({ app }: { app: Pick<AppModel, 'screen' | 'hosting'> }) {
  const t = useText();
  return (
    <div class={styles.update} role="status" data-testid="outdated">
      <p>
        {t('outdated.text')} {app.screen.value === 'meeting' && t('outdated.leaves')}
      </p>
      <Button look="primary" data-testid="outdated-reload" onClick={() => window.location.reload()}>
        {t('outdated.reload')}
      </Button>
      <Button data-testid="outdated-later" onClick={app.hosting.value?.dismissUpdate}>
        {t('outdated.later')}
      </Button>
    </div>
  );
}
