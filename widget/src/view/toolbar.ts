import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import type { OwnSource } from '../model/meeting/publishing.ts';

/** A switch of the toolbar. An action that is not possible now is `undefined`, and the button is disabled. */
export type Switch = { isOn: boolean; hasProblem: boolean; toggle: (() => void) | undefined };

/** The models show an error as a problem. */
const settle = (promise: Promise<unknown>): void => void promise.catch(() => undefined);

/** Switches of microphone and camera, and leaving, in the lobby and in the meeting. */
export const ToolbarView = createModel((app: AppModel) => {
  const { publishing, exit } = app.meeting;
  const mayAct = computed(() => app.screen.value !== 'meeting' || app.identity.connection.value !== 'reconnecting');

  const switchOf = ({ wanted, isChanging, isOn, problem, set }: OwnSource): Switch => {
    const hasProblem = problem.value !== undefined;
    // The wanted state is shown at once.
    const isShownOn = isChanging.value ? wanted.value && !hasProblem : isOn.value;
    return { isOn: isShownOn, hasProblem, toggle: mayAct.value ? () => settle(set(!isShownOn)) : undefined };
  };
  return {
    microphone: computed(() => switchOf(publishing.microphone)),
    /** `undefined` in a meeting for audio only. */
    camera: computed(() => (app.isAudioOnly.value ? undefined : switchOf(publishing.camera))),
    leave: () => settle(exit()),
  };
});
