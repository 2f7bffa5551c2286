import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import type { OwnSource } from '../model/meeting/publishing.ts';

/** A switch of the toolbar. */
export type Switch = { isOn: boolean; hasProblem: boolean; toggle: () => void };

/** The models show an error as a problem. */
const settle = (promise: Promise<unknown>): void => void promise.catch(() => undefined);

/** Switches of microphone and camera, and leaving, in the lobby and in the meeting. */
export const ToolbarView = createModel((app: AppModel) => {
  const { publishing, exit } = app.meeting;
  const switchOf = ({ wanted, isChanging, isOn, problem, set }: OwnSource): Switch => {
    const hasProblem = problem.value !== undefined;
    // The wanted state is shown at once.
    const isShownOn = isChanging.value ? wanted.value && !hasProblem : isOn.value;
    // Also while the connection is away: off is off on the device at once, and the server is told later.
    return { isOn: isShownOn, hasProblem, toggle: () => settle(set(!isShownOn)) };
  };
  return {
    microphone: computed(() => switchOf(publishing.microphone)),
    /** `undefined` in a meeting for audio only. */
    camera: computed(() => (app.isAudioOnly.value ? undefined : switchOf(publishing.camera))),
    leave: () => settle(exit()),
  };
});
