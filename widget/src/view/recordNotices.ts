import { computed, createModel, effect } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';
import { settle } from './settle.ts';

/** Questions about recordings on this device. */
export const RecordNoticesView = createModel((app: AppModel) => {
  const { recording, capture } = app.meeting;
  const local = computed(() => recording.recorders.value?.local);
  // Looked for after the meeting is shown, because it is not urgent.
  effect(() => {
    const timer = setTimeout(() => settle(recording.load().then(({ local }) => local.lookForLeft())), 3000);
    return () => clearTimeout(timer);
  });
  return {
    /** The page wants to record, and the browser wants a click inside the frame. */
    request: computed(() => (capture.request.value?.use === 'record' ? capture.request.value : undefined)),
    /** The oldest recording that was left behind. */
    left: computed(() => {
      const found = local.value;
      const [first] = found?.left.value ?? [];
      return (
        found &&
        first && {
          startedAt: new Date(first.startedAt),
          save: () => settle(found.saveLeft(first.id)),
          discard: () => settle(found.discardLeft(first.id)),
        }
      );
    }),
  };
});
