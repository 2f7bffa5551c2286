import '../../view/settingsTexts.ts';
import type { Locale, Theme } from '@meetframe/contract';
import type { ComponentChildren } from 'preact';
import { useEffect, useId, useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { localeNames } from '../../view/i18n.ts';
import { Button } from '../controls/Button.tsx';
import { Select } from '../controls/Select.tsx';
import { SettingsDevices } from '../devices/parts.ts';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import { NotifyingSettings } from './NotifyingSettings.tsx';
import styles from './Settings.module.css';

const locales = Object.keys(localeNames) as Locale[];
const themes: Theme[] = ['auto', 'light', 'dark'];

type Props = {
  app: AppModel;
  /** Shows the keyboard shortcuts; in a meeting only. */
  onShortcuts?: () => void;
  onClose: () => void;
  /** Further sections. */
  children?: ComponentChildren;
};

export function Settings({ app, onShortcuts, onClose, children }: Props) {
  const t = useText();
  const { configure } = app;
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself; the click is on its backdrop.
    <dialog
      ref={dialog}
      class={styles.dialog}
      aria-labelledby={id}
      data-testid="settings"
      onClose={onClose}
      onClick={(event) => {
        // A click on the dialog element itself is on the backdrop; everything else is in its child.
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
        <SettingsDevices app={app} />
        <h3 class={styles.heading}>{t('settings.meeting')}</h3>
        <NotifyingSettings app={app} />
        {onShortcuts && (
          <Button data-testid="show-shortcuts" onClick={onShortcuts}>
            {t('settings.showShortcuts')}
          </Button>
        )}
        <h3 class={styles.heading}>{t('settings.appearance')}</h3>
        <Select
          label={t('settings.language')}
          testId="select-language"
          options={locales.map((each) => ({ value: each, label: localeNames[each], lang: each }))}
          value={app.locale.value}
          onChoose={(chosen) => configure({ locale: chosen })}
        />
        <Select
          label={t('settings.theme')}
          testId="select-theme"
          options={themes.map((each) => ({ value: each, label: t(`settings.theme.${each}`) }))}
          value={app.theme.value}
          onChoose={(chosen) => configure({ theme: chosen })}
        />
        {children}
      </div>
    </dialog>
  );
}
