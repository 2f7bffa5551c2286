import type { AppModel } from '../../model/compose.ts';
import type { ModeratingModel } from '../../view/moderating.ts';
import { regionalLocale } from '../../view/regional.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { UserText } from '../controls/UserText.tsx';
import { useText } from '../text.ts';
import styles from './Waiting.module.css';

type Props = { app: Pick<AppModel, 'locale' | 'identity'>; moderating: ModeratingModel };

/** The people in the waiting room, above the list of participants. */
export function WaitingList({ app, moderating }: Props) {
  const t = useText();
  const people = moderating.waiting.value?.people.value ?? [];
  if (people.length === 0) return null;
  const time = new Intl.DateTimeFormat(regionalLocale(app.locale.value, navigator.languages), {
    hour: 'numeric',
    minute: '2-digit',
  });
  return (
    <section class={styles.list} data-testid="waiting-list">
      <header class={styles.head}>
        <h3>{t('waiting.heading', { count: people.length })}</h3>
        {people.length > 1 && (
          <Button data-testid="admit-all" onClick={() => moderating.admit()}>
            {t('waiting.admitAll')}
          </Button>
        )}
      </header>
      <ul class={styles.people}>
        {people.map(({ id, name, photo, since }) => (
          <li key={id} class={styles.person} data-testid="waiting-person">
            <Avatar id={id} name={name} picture={photo} class={styles.avatar} />
            <div class={styles.who}>
              <p class={styles.name}>
                <UserText text={name} />
              </p>
              <p class={controls.hint}>
                {t('waiting.since', { time: time.format(since - app.identity.clockOffset.value) })}
              </p>
            </div>
            <div class={styles.actions}>
              <Button
                data-testid="decline"
                aria-label={t('waiting.declineNamed', { name })}
                onClick={() => moderating.decline(id)}
              >
                {t('waiting.decline')}
              </Button>
              <Button
                look="primary"
                data-testid="admit"
                aria-label={t('waiting.admitNamed', { name })}
                onClick={() => moderating.admit(id)}
              >
                {t('waiting.admit')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
