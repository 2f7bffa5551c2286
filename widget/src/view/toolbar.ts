import { computed, createModel } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import type { OwnSource } from '../model/meeting/publishing.ts';

/** A switch of the toolbar. An action that cannot be done now is `undefined`, and the button is off. */
export type Switch = { isOn: boolean; hasProblem: boolean; toggle: (() => void) | undefined };

/** A refusal shows as a problem in the models. */
const settle = (promise: Promise<unknown>): void => void promise.catch(() => undefined);

/** Microphone, camera and the way out, in the lobby and in the meeting. */
export const ToolbarView = createModel((app: AppModel) => {
  const { publishing, exit } = app.meeting;
  const mayAct = computed(() => app.screen.value !== 'meeting' || app.identity.connection.value !== 'reconnecting');

  const switchOf = ({ wanted, isChanging, isOn, problem, set }: OwnSource): Switch => {
    const hasProblem = problem.value !== undefined;
    // What was pressed shows at once.
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
