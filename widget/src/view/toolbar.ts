import { computed, createModel, type ReadonlySignal } from '@preact/signals';
import type { AppModel } from '../model/types.ts';

/** A switch of the toolbar. An action that cannot be done now is `undefined`, and the button is off. */
export type Switch = { isOn: boolean; hasProblem: boolean; toggle: (() => void) | undefined };

/** A refusal shows itself as a problem in the models; here nobody waits for it. */
const settle = (promise: Promise<unknown>): void => void promise.catch(() => undefined);

/** Microphone, camera and the way out, in the lobby and in the meeting. */
export const ToolbarView = createModel((app: AppModel) => {
  const { devices, meeting, session } = app;
  const inMeeting = computed(() => app.screen.value === 'meeting');
  const mayAct = computed(() => !inMeeting.value || session.connection.value !== 'reconnecting');

  const microphone: ReadonlySignal<Switch> = computed(() => {
    const hasProblem = devices.microphoneProblem.value !== undefined;
    const isMutedByServer = inMeeting.value && meeting.self.value?.client.isMuted === true;
    const isOn = devices.microphoneOn.value && !hasProblem && !isMutedByServer;
    const toggle = () => settle(inMeeting.value ? meeting.mute(isOn) : devices.setMicrophone(!isOn));
    return { isOn, hasProblem, toggle: mayAct.value ? toggle : undefined };
  });

  /** `undefined` in a room for sound only. */
  const camera: ReadonlySignal<Switch | undefined> = computed(() => {
    if (app.isAudio.value) return undefined;
    const hasProblem = devices.cameraProblem.value !== undefined;
    const isOn = devices.cameraOn.value && !hasProblem;
    const toggle = () => settle(inMeeting.value ? meeting.video(!isOn) : devices.setCamera(!isOn));
    return { isOn, hasProblem, toggle: mayAct.value ? toggle : undefined };
  });

  return { microphone, camera, leave: () => settle(meeting.exit()) };
});
