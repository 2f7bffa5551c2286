import { useModel } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { DeviceTestView, type TestedApp } from '../../view/deviceTest.ts';
import { Button } from '../controls/Button.tsx';
import controls from '../controls/controls.module.css';
import { Dialog, DialogBody } from '../controls/Dialog.tsx';
import { Video } from '../controls/Video.tsx';
import { DeviceSelect } from '../devices/DeviceSelect.tsx';
import { SpeakerIcon } from '../devices/icons.tsx';
import { LevelMeter } from '../devices/LevelMeter.tsx';
import { CameraIcon, MicIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import { ConnectionTest } from './ConnectionTest.tsx';
import styles from './DeviceTest.module.css';

/** The test covers the devices and the connection to the server. */
export type Tested = TestedApp & { meeting: Pick<AppModel['meeting'], 'make'> };

/** The test of camera, microphone and speaker. */
export function DeviceTest({ app, onClose }: { app: Tested; onClose: () => void }) {
  const t = useText();
  const view = useModel(() => new DeviceTestView(app));
  const { devices } = app;
  const isBusy = view.voice.value === 'recording' || view.voice.value === 'playing';
  const hint = view.hint.value;
  const sound = view.sound.value;
  return (
    <Dialog title={t('test.title')} onClose={onClose} testId="device-test" isWide>
      <DialogBody>
        <div class={`${styles.parts} ${view.hasCamera.value ? styles.withCamera : ''}`}>
          {view.hasCamera.value && (
            <section class={styles.part}>
              <div class={styles.picture}>
                {view.stream.value ? (
                  <Video
                    stream={view.stream.value}
                    class={`${styles.video} ${view.isMirrored.value ? styles.mirrored : ''}`}
                  />
                ) : (
                  <p role="status">{view.hasCameraFailed.value ? t('test.cameraOff') : <CameraIcon />}</p>
                )}
              </div>
              <DeviceSelect model={devices} kind="camera" />
            </section>
          )}
          <div class={styles.sounds}>
            <section class={styles.part}>
              <DeviceSelect model={devices} kind="microphone" />
              <LevelMeter level={view.level} />
              <Button data-testid="test-record" disabled={isBusy} aria-busy={isBusy} onClick={() => void view.record()}>
                <MicIcon />
                {t(view.button.value, { seconds: view.left.value })}
              </Button>
              <p class={controls.hint} role="status" data-testid="test-hint">
                {hint && t(hint)}
                {view.isHeard.value && hint === 'test.recordHint' && ` ${t('test.others')}`}
              </p>
            </section>
            <section class={styles.part}>
              <DeviceSelect model={devices} kind="speaker" />
              <Button
                data-testid="test-sound"
                disabled={sound === 'playing'}
                aria-busy={sound === 'playing'}
                onClick={() => void view.play()}
              >
                <SpeakerIcon />
                {t(sound === 'playing' ? 'test.playingSound' : 'test.play')}
              </Button>
              <p class={controls.hint} role="status">
                {t(sound === 'failed' ? 'test.playFailed' : 'test.playHint')}
              </p>
            </section>
          </div>
        </div>
        <ConnectionTest meeting={app.meeting} />
      </DialogBody>
    </Dialog>
  );
}
