import { computed, createModel, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { isForbiddenByPage } from '../model/devices/forbidden.ts';

/** Which devices the browser blocks, and another attempt to open them. */
export const BlockedView = createModel((app: AppModel) => {
  const { devices } = app;
  const { camera, microphone } = app.meeting.publishing;
  const isTrying = signal(false);
  const isCameraBlocked = () => devices.cameraBlocked.value && !app.isAudioOnly.value;
  return {
    /** `undefined` once nothing is blocked. */
    what: computed(() => {
      if (isCameraBlocked()) return devices.microphoneBlocked.value ? 'both' : 'camera';
      return devices.microphoneBlocked.value ? 'microphone' : undefined;
    }),
    /** No decision of the user helps: the page around this frame does not let it use them. */
    isByPage: signal(isForbiddenByPage()),
    isTrying,
    /** Opens what is blocked and wanted. */
    async retry(): Promise<void> {
      isTrying.value = true;
      const wanted = [camera, microphone].filter(({ problem }) => problem.value === 'PERMISSION_DENIED');
      await Promise.allSettled(wanted.map((source) => source.set(true)));
      isTrying.value = false;
    },
  };
});
