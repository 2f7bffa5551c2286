import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { PlainScreen } from '../../../ui/controls/PlainScreen.tsx';
import { localeNames } from '../../../view/i18n.ts';
import { Brand } from '../Brand.tsx';
import { Connection } from '../Connection.tsx';
import { usePortal } from '../context.ts';
import { GlobeIcon } from '../icons.tsx';
import { JoinForm } from './JoinForm.tsx';
import { SignIn } from './SignIn.tsx';
import styles from './Welcome.module.css';

/** For users who are not signed in: a meeting's code, or sign-in. */
export function Welcome() {
  const { t, app } = usePortal();
  const other = app.locale.value === 'en' ? 'zh-CN' : 'en';
  useEffect(() => {
    document.title = `${t('welcome.title')} · ${t('brand')}`;
  });
  return (
    <div class={styles.screen}>
      <header class={styles.top}>
        <Brand />
        <button
          type="button"
          class={styles.language}
          lang={other}
          data-testid="switch-language"
          onClick={() => app.configure({ locale: other })}
        >
          <GlobeIcon />
          {localeNames[other]}
        </button>
      </header>
      <Connection />
      <main class={styles.main}>
        <section class={styles.hero} aria-labelledby="welcome-title">
          <h1 id="welcome-title" class={styles.title} tabIndex={-1} data-home-title>
            {t('welcome.title')}
          </h1>
          <p class={styles.text}>{t('welcome.text')}</p>
          <JoinForm />
        </section>
        <section class={styles.card} aria-labelledby="sign-in-title">
          <h2 id="sign-in-title" class={styles.cardTitle}>
            {t('signIn.title')}
          </h2>
          <SignIn />
        </section>
      </main>
    </div>
  );
}

/** Milliseconds after which the screen says that the server does not answer. */
const slowAfter = 4_000;

/** A user was signed in here, and the server is asked whether the login is still valid. */
export function Restoring() {
  const { t } = usePortal();
  const isSlow = useSignal(false);
  useEffect(() => {
    const timer = setTimeout(() => {
      isSlow.value = true;
    }, slowAfter);
    return () => clearTimeout(timer);
  }, []);
  return <PlainScreen testId="restoring" text={t(isSlow.value ? 'connection.none' : 'idle.connecting')} />;
}
