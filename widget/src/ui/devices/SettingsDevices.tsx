import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Button } from '../controls/Button.tsx';
import type { Tested } from '../deviceTest/DeviceTest.tsx';
import { DeviceTest } from '../deviceTest/later.ts';
import { useText } from '../text.ts';
import { DeviceSelect } from './DeviceSelect.tsx';
import { LevelMeter } from './LevelMeter.tsx';

/** The devices among the settings. */
export function SettingsDevices({ app }: { app: Tested }) {
  const t = useText();
  const isTesting = useSignal(false);
  const { devices } = app;
  useEffect(() => void devices.refresh().catch(() => undefined), [devices]);
  return (
    <>
      {!app.isAudioOnly.value && <DeviceSelect model={devices} kind="camera" />}
      <DeviceSelect model={devices} kind="microphone" />
      <LevelMeter level={devices.microphoneLevel} />
      <DeviceSelect model={devices} kind="speaker" />
      <Button
        data-testid="settings-test"
        onClick={() => {
          isTesting.value = true;
        }}
      >
        {t('device.test')}
      </Button>
      {isTesting.value && (
        <DeviceTest
          app={app}
          onClose={() => {
            isTesting.value = false;
          }}
        />
      )}
    </>
  );
}
