import '../../view/settingsTexts.ts';
import type { Locale, Theme } from '@meetframe/contract';
import type { ComponentChildren } from 'preact';
import type { AppModel } from '../../model/compose.ts';
import { localeNames } from '../../view/i18n.ts';
import { Button } from '../controls/Button.tsx';
import { Dialog, DialogBody } from '../controls/Dialog.tsx';
import { Select } from '../controls/Select.tsx';
import { SettingsDevices } from '../devices/parts.ts';
import type { Tested } from '../deviceTest/DeviceTest.tsx';
import { useText } from '../text.ts';
import { type NotifyingApp, NotifyingSettings } from './NotifyingSettings.tsx';
import styles from './Settings.module.css';

const locales = Object.keys(localeNames) as Locale[];
const themes: Theme[] = ['auto', 'light', 'dark'];

export type SettingsApp = Tested & Pick<AppModel, 'configure' | 'locale' | 'theme'> & NotifyingApp;

type Props = {
  app: SettingsApp;
  /** Shows the keyboard shortcuts; in a meeting only. */
  onShortcuts?: () => void;
  onClose: () => void;
  /** Further sections. */
  children?: ComponentChildren;
};

export function Settings({ app, onShortcuts, onClose, children }: Props) {
  const t = useText();
  const { configure } = app;
  return (
    <Dialog title={t('settings.title')} onClose={onClose} testId="settings" isLight>
      <DialogBody>
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
      </DialogBody>
    </Dialog>
  );
}
