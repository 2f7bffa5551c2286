import '../../view/closedTexts.ts';
import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { ClosedView } from '../../view/closed.ts';
import { Button } from '../controls/Button.tsx';
import styles from '../controls/card.module.css';
import { HomeLink } from '../controls/HomeLink.tsx';
import { Note } from '../controls/Note.tsx';
import { UserText } from '../controls/UserText.tsx';
import { ClockIcon, WarningIcon } from '../icons.tsx';
import { SignOnNote } from '../lobby/SignOnNote.tsx';
import { useText } from '../text.ts';

export function ClosedScreen({ app }: { app: AppModel }) {
  const view = useModel(() => new ClosedView(app));
  return <Closed view={view} showHome={app.showHome} />;
}

/**
 * The screen of a room that cannot be entered now: not started, over, or not found. It waits for a meeting that has not
 * started.
 */
function Closed({ view, showHome }: { view: InstanceType<typeof ClosedView>; showHome: (() => void) | undefined }) {
  const t = useText();
  const closed = view.closed.value;
  if (!closed) return null;

  const { reason, name } = closed;
  const isWaiting = view.isWaiting.value;
  const start = view.start.value;
  return (
    <main class={styles.screen}>
      <div class={styles.card} data-testid="closed" data-reason={reason}>
        <span class={styles.mark}>{reason === 'early' ? <ClockIcon /> : <WarningIcon />}</span>
        <div class={styles.heading} role="status">
          <h1 class={styles.title}>{t(`closed.title.${reason}`)}</h1>
          {name && (
            <p class={styles.strong}>
              <UserText text={name} />
            </p>
          )}
        </div>
        {start && (
          <dl class={styles.facts}>
            <div>
              <dt>{t(reason === 'early' ? 'closed.start' : 'closed.planned')}</dt>
              <dd>
                <time dateTime={start.iso} data-testid="start-time">
                  {start.text}
                </time>
              </dd>
            </div>
            <Remaining view={view} />
          </dl>
        )}
        <p class={styles.hint}>{t(isWaiting ? 'closed.hint.wait' : `closed.hint.${reason}`)}</p>
        <SignOnNote isShown={view.signOnRefused.value} />
        {view.isReconnecting.value && <Note tone="warning">{t('notice.reconnecting')}</Note>}
        {view.signIn.value && (
          <Button look="primary" isWide data-testid="closed-sign-in" onClick={view.signIn.value}>
            {t('closed.signIn')}
          </Button>
        )}
        {!isWaiting && (
          <Button look={view.signIn.value ? 'quiet' : 'primary'} isWide data-testid="again" onClick={view.retry}>
            {t('error.retry')}
          </Button>
        )}
        <HomeLink show={showHome} />
      </div>
    </main>
  );
}

function Remaining({ view }: { view: InstanceType<typeof ClosedView> }) {
  const t = useText();
  const remaining = view.remaining.value;
  if (!remaining) return null;
  const isDue = remaining === 'due';
  return (
    <div>
      <dt>{t('closed.remaining')}</dt>
      {/* Screen readers read a timer on request, not every second. */}
      <dd class={styles.clock}>
        <span role="timer" data-testid="remaining">
          {isDue ? t('closed.due') : remaining.days > 0 ? t('closed.days', remaining) : remaining.clock}
        </span>
      </dd>
    </div>
  );
}
