import type { Locale, Theme } from '@meetframe/contract';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { AppModel } from '../../model/types.ts';
import { localeNames } from '../../view/i18n.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { DeviceSelect } from '../controls/DeviceSelect.tsx';
import { LevelMeter } from '../controls/LevelMeter.tsx';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './Settings.module.css';

const locales = Object.keys(localeNames) as Locale[];
const themes: Theme[] = ['auto', 'light', 'dark'];

export function Settings({ app, onClose }: { app: AppModel; onClose: () => void }) {
  const t = useText();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    void app.devices.refresh().catch(() => undefined);
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, [app]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is on its backdrop.
    <dialog
      ref={dialog}
      class={styles.dialog}
      aria-labelledby={id}
      data-testid="settings"
      onClose={onClose}
      onClick={(event) => {
        // Only the backdrop is the dialog itself; all else lies in its child.
        if (event.target === event.currentTarget) dialog.current?.close();
      }}
    >
      <div class={styles.body}>
        <header class={styles.header}>
          <h2 id={id} class={styles.title}>
            {t('settings.title')}
          </h2>
          <Button look="bare" aria-label={t('common.close')} onClick={() => dialog.current?.close()}>
            <CloseIcon />
          </Button>
        </header>
        <h3 class={styles.heading}>{t('settings.devices')}</h3>
        {!app.isAudio.value && <DeviceSelect model={app.devices} kind="camera" />}
        <DeviceSelect model={app.devices} kind="microphone" />
        <LevelMeter level={app.devices.microphoneLevel} />
        <DeviceSelect model={app.devices} kind="speaker" />
        <h3 class={styles.heading}>{t('settings.appearance')}</h3>
        <Choice
          label={t('settings.language')}
          testId="select-language"
          value={app.locale.value}
          onChoose={(value) => app.configure({ locale: value as Locale })}
        >
          {locales.map((locale) => (
            <option key={locale} value={locale} lang={locale}>
              {localeNames[locale]}
            </option>
          ))}
        </Choice>
        <Choice
          label={t('settings.theme')}
          testId="select-theme"
          value={app.theme.value}
          onChoose={(value) => app.configure({ theme: value as Theme })}
        >
          {themes.map((theme) => (
            <option key={theme} value={theme}>
              {t(`settings.theme.${theme}`)}
            </option>
          ))}
        </Choice>
      </div>
    </dialog>
  );
}

type ChoiceProps = {
  label: string;
  testId: string;
  value: string;
  onChoose: (value: string) => void;
  children: ComponentChildren;
};

function Choice({ label, testId, value, onChoose, children }: ChoiceProps) {
  const id = useId();
  return (
    <div class={controls.field}>
      <label class={controls.label} for={id}>
        {label}
      </label>
      <select
        id={id}
        class={`${controls.input} ${controls.select}`}
        data-testid={testId}
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        {children}
      </select>
    </div>
  );
}
