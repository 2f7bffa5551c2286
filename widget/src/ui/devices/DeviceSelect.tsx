import type { AppModel } from '../../model/compose.ts';
import { type DeviceKind, deviceChoice } from '../../view/devices.ts';
import { Select } from '../controls/Select.tsx';
import { useText } from '../text.ts';

/** Choice of a camera, microphone or speaker by its name. */
export function DeviceSelect({ model, kind }: { model: AppModel['devices']; kind: DeviceKind }) {
  const t = useText();
  const { devices, chosen, empty } = deviceChoice(model, kind);
  const label = t(`device.${kind}`);
  const options = devices.map((device, index) => ({
    value: device.deviceId,
    label: device.label || t('device.unnamed', { kind: label, number: index + 1 }),
  }));
  return (
    <Select
      label={label}
      testId={`select-${kind}`}
      isDisabled={empty !== undefined}
      options={empty ? [{ value: '', label: t(empty) }] : options}
      value={chosen ?? ''}
      onChoose={(value) => void model.choose({ [kind]: value }).catch(() => undefined)}
    />
  );
}
