import { useSignal } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { deviceProblemTexts } from '../../view/problem.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import { Button } from '../controls/Button.tsx';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './DeviceNotes.module.css';

type Props = { devices: AppModel['devices']; toolbar: InstanceType<typeof ToolbarView> };

/** In a meeting: what is wrong with microphone and camera. */
export function DeviceNotes({ devices, toolbar }: Props) {
  const t = useText();
  const dismissed = useSignal('');
  const [microphone, camera] = [devices.microphoneProblem.value, devices.cameraProblem.value];
  const text = deviceProblemTexts(microphone, camera)
    .map((each) => t(each))
    .join(' ');
  if (text === '' || text === dismissed.value) return null;
  return (
    <div class={styles.note}>
      <span data-testid="device-problem">{text}</span>
      {[microphone, camera].includes('PERMISSION_DENIED') && (
        <Button data-testid="how-to-allow" onClick={() => toolbar.show('blocked')}>
          {t('device.howToAllow')}
        </Button>
      )}
      <Button
        look="bare"
        aria-label={t('common.dismiss')}
        onClick={() => {
          dismissed.value = text;
        }}
      >
        <CloseIcon />
      </Button>
    </div>
  );
}
