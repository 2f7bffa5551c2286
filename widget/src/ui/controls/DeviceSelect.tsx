import type { AppModel } from '../../model/compose.ts';
import { type DeviceKind, deviceChoice } from '../../view/devices.ts';
import { useText } from '../text.ts';
import { Select } from './Select.tsx';

/** Choice of a camera, microphone or speaker by its name. */
export function DeviceSelect({ model, kind }: { model: AppModel['devices']; kind: DeviceKind }) {
  const t = useText();
  const { devices, chosen } = deviceChoice(model, kind);
  const label = t(`device.${kind}`);
  const none = { value: '', label: t(kind === 'speaker' ? 'device.default' : 'device.none') };
  const options = devices.map((device, index) => ({
    value: device.deviceId,
    label: device.label || t('device.unnamed', { kind: label, number: index + 1 }),
  }));
  return (
    <Select
      label={label}
      testId={`select-${kind}`}
      isDisabled={devices.length === 0}
      options={devices.length === 0 ? [none] : options}
      value={chosen ?? devices[0]?.deviceId ?? ''}
      onChoose={(value) => void model.choose({ [kind]: value }).catch(() => undefined)}
    />
  );
}
