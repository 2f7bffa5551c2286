import type { AppModel } from '../../model/compose.ts';
import type { LobbyModel } from '../../view/lobby.ts';
import type { Switch, ToolbarView } from '../../view/toolbar.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { Video } from '../controls/Video.tsx';
import { FlipButton } from '../devices/parts.ts';
import { EffectsButton } from '../effects/later.ts';
import { CameraIcon, CameraOffIcon, MicIcon, MicOffIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import styles from './Lobby.module.css';

type Props = {
  view: LobbyModel;
  toolbar: InstanceType<typeof ToolbarView>;
  devices: AppModel['devices'];
};

/** The user's own video, mirrored, with the switches of camera and microphone on it. */
export function Preview({ view, toolbar, devices }: Props) {
  const t = useText();
  const stream = devices.cameraStream.value;
  const camera = toolbar.camera.value;
  const why = camera ? 'lobby.cameraOff' : 'lobby.audio';
  return (
    <div class={styles.preview}>
      {stream ? (
        <Video stream={stream} class={`${styles.video} ${devices.isCameraMirrored.value ? styles.mirrored : ''}`} />
      ) : (
        <div class={styles.off}>
          <Avatar id={0} name={view.username.value} picture={view.photo.value} class={styles.avatar} />
          <p role="status">
            {t(devices.cameraOpening.value || devices.microphoneOpening.value ? 'lobby.opening' : why)}
          </p>
        </div>
      )}
      <FlipButton devices={devices} class={`${styles.switch} ${styles.flip}`} />
      <div class={styles.switches}>
        <PreviewSwitch state={toolbar.microphone.value} device="microphone" />
        {camera && <PreviewSwitch state={camera} device="camera" />}
        <EffectsButton onClick={() => toolbar.show('effects')} class={styles.switch} />
      </div>
    </div>
  );
}

const icons = { microphone: [MicIcon, MicOffIcon], camera: [CameraIcon, CameraOffIcon] } as const;

function PreviewSwitch({ state, device }: { state: Switch; device: 'microphone' | 'camera' }) {
  const t = useText();
  const Icon = icons[device][state.isOn ? 0 : 1];
  return (
    <button
      type="button"
      class={`${styles.switch} ${state.isOn ? '' : styles.switchOff}`}
      data-testid={device === 'camera' ? 'toggle-camera' : 'toggle-mic'}
      aria-label={t(`device.${device}`)}
      title={t(`device.${device}`)}
      aria-pressed={state.isOn}
      onClick={state.toggle}
    >
      <Icon />
      {state.hasProblem && <span class={styles.badge} aria-hidden="true" />}
    </button>
  );
}
