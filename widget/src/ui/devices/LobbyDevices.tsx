import { useSignal } from '@preact/signals';
import type { ToolbarView } from '../../view/toolbar.ts';
import { Button } from '../controls/Button.tsx';
import { Settings } from '../meeting/parts.ts';
import type { SettingsApp } from '../settings/Settings.tsx';
import { useText } from '../text.ts';
import { DeviceSelect } from './DeviceSelect.tsx';
import { LevelMeter } from './LevelMeter.tsx';
import styles from './LobbyDevices.module.css';

type Props = { app: SettingsApp; toolbar: Pick<InstanceType<typeof ToolbarView>, 'show'> };

/** Below the name in the lobby: which devices are used, and whether they work. */
export function LobbyDevices({ app, toolbar }: Props) {
  const t = useText();
  const { devices } = app;
  const isSettingsOpen = useSignal(false);
  const showSettings = (isShown: boolean) => () => {
    isSettingsOpen.value = isShown;
  };
  return (
    <>
      <div class={styles.devices}>
        <div class={styles.microphone}>
          <DeviceSelect model={devices} kind="microphone" />
          <LevelMeter level={devices.microphoneLevel} />
        </div>
        {!app.isAudioOnly.value && <DeviceSelect model={devices} kind="camera" />}
        <DeviceSelect model={devices} kind="speaker" />
      </div>
      <div class={styles.actions}>
        <Button data-testid="open-device-test" onClick={() => toolbar.show('test')}>
          {t('device.test')}
        </Button>
        <Button data-testid="open-settings" onClick={showSettings(true)}>
          {t('toolbar.settings')}
        </Button>
      </div>
      {isSettingsOpen.value && <Settings app={app} onClose={showSettings(false)} />}
    </>
  );
}
