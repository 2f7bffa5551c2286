import type { RTCPeerError } from '@meetframe/contract';
import { computed, createModel, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import type { OwnSource } from '../model/meeting/publishing.ts';

/** A switch of the toolbar. */
export type Switch = { isOn: boolean; hasProblem: boolean; toggle: () => void };

/** A dialog about the devices or the effects. */
export type DeviceDialog = 'test' | 'blocked' | 'effects' | undefined;

/** Switches of microphone and camera, and leaving, in the lobby and in the meeting. */
export const ToolbarView = createModel((app: AppModel) => {
  const { publishing, exit } = app.meeting;
  const dialog = signal<DeviceDialog>(undefined);
  const switchOf = (kind: 'cameraOn' | 'microphoneOn', source: OwnSource): Switch => {
    const { wanted, isChanging, isOn, problem, set } = source;
    const hasProblem = problem.value !== undefined;
    // The wanted state is shown at once.
    const isShownOn = isChanging.value ? wanted.value && !hasProblem : isOn.value;
    // Also while the connection is lost: the device is turned off at once, and the server is told later.
    const toggle = (): void => {
      app.remember({ [kind]: !isShownOn });
      // The models show every other error as a problem.
      set(!isShownOn).catch(({ code }: RTCPeerError) => {
        if (code === 'PERMISSION_DENIED') dialog.value = 'blocked';
      });
    };
    return { isOn: isShownOn, hasProblem, toggle };
  };
  return {
    microphone: computed(() => switchOf('microphoneOn', publishing.microphone)),
    /** `undefined` in a meeting for audio only. */
    camera: computed(() => (app.isAudioOnly.value ? undefined : switchOf('cameraOn', publishing.camera))),
    leave: () => void exit().catch(() => undefined),
    dialog,
    show(next: DeviceDialog): void {
      dialog.value = next;
    },
  };
});
