import { computed, createModel, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { DeviceTest, type VoiceState } from '../model/devices/deviceTest.ts';
import type { TextKey } from './i18n.ts';

const hints: Partial<Record<VoiceState, TextKey>> = {
  idle: 'test.recordHint',
  done: 'test.recordHint',
  silent: 'test.silent',
  failed: 'test.recordFailed',
};

export type TestedApp = Pick<AppModel, 'devices' | 'isAudioOnly' | 'screen'> & {
  meeting: Pick<AppModel['meeting'], 'publishing'>;
};

/** The test of all devices before a meeting, or in it. */
export const DeviceTestView = createModel((app: TestedApp) => {
  const { devices } = app;
  const hasCamera = signal(!app.isAudioOnly.peek());
  const test = new DeviceTest(devices, hasCamera.peek());
  return {
    ...test,
    hasCamera,
    isMirrored: devices.isCameraMirrored,
    hint: computed(() => hints[test.voice.value]),
    button: computed<TextKey>(() => {
      const { value } = test.voice;
      if (value === 'recording' || value === 'playing') return `test.${value}`;
      return value === 'idle' ? 'test.record' : 'test.again';
    }),
    /** True when the others hear what the user says for the test. */
    isHeard: computed(() => app.screen.value === 'meeting' && app.meeting.publishing.microphone.isOn.value),
  };
});
