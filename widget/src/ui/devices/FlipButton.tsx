import type { AppModel } from '../../model/compose.ts';
import { flipCamera, hasBothFacings } from '../../view/devices.ts';
import { useText } from '../text.ts';
import { FlipIcon } from './icons.tsx';

/** Turns from the front to the back camera of a phone, while the camera is on. */
export function FlipButton({
  devices,
  class: className,
}: {
  devices: AppModel['devices'];
  class?: string | undefined;
}) {
  const t = useText();
  if (!devices.cameraStream.value || !hasBothFacings(devices)) return null;
  return (
    <button
      type="button"
      class={className}
      aria-label={t('device.flip')}
      title={t('device.flip')}
      data-testid="flip-camera"
      onClick={() => void flipCamera(devices).catch(() => undefined)}
    >
      <FlipIcon />
    </button>
  );
}
