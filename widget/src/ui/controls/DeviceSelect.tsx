import { useId } from 'preact/hooks';
import type { DevicesModel } from '../../model/types.ts';
import { type DeviceKind, deviceChoice } from '../../view/devices.ts';
import { useText } from '../text.ts';
import styles from './controls.module.css';

/** Choice of a camera, microphone or speaker by its name. */
export function DeviceSelect({ model, kind }: { model: DevicesModel; kind: DeviceKind }) {
  const t = useText();
  const id = useId();
  const { devices, chosen } = deviceChoice(model, kind);
  const none = t(kind === 'speaker' ? 'device.default' : 'device.none');
  return (
    <div class={styles.field}>
      <label class={styles.label} for={id}>
        {t(`device.${kind}`)}
      </label>
      <select
        id={id}
        class={`${styles.input} ${styles.select}`}
        data-testid={`select-${kind}`}
        disabled={devices.length === 0}
        value={chosen ?? devices[0]?.deviceId ?? ''}
        onChange={(event) => void model.choose({ [kind]: event.currentTarget.value }).catch(() => undefined)}
      >
        {devices.length === 0 && <option value="">{none}</option>}
        {devices.map(({ deviceId, label }, index) => (
          <option key={deviceId} value={deviceId}>
            {label || t('device.unnamed', { kind: t(`device.${kind}`), number: index + 1 })}
          </option>
        ))}
      </select>
    </div>
  );
}
