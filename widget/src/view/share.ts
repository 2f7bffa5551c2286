import { computed, createModel, signal } from '@preact/signals';
import type { AppModel } from '../model/compose.ts';

/** The button that shares a screen. */
export type ShareSwitch = {
  isOn: boolean;
  /** Who shares a screen now, if another participant does. */
  by: string | undefined;
  /** Absent: another participant shares, and the user may not take over. */
  act: (() => void) | undefined;
};

/** The button that shares the user's screen, and questions and notices about shares. */
export const ShareView = createModel((app: AppModel) => {
  const { share, capture, roster } = app.meeting;
  /** The user, who moderates, is asked whether to take over. */
  const asksTakeOver = signal(false);
  const begin = (takeOver = false): void => {
    asksTakeOver.value = false;
    void share.begin(takeOver);
  };
  const isOn = computed(() => share.own.value !== undefined);
  const by = computed(() => share.shared.value?.client.name);
  const stop = (): void => void share.stop().catch(() => {});
  const ask = (): void => {
    asksTakeOver.value = !asksTakeOver.value;
  };
  const act = (): (() => void) | undefined => {
    if (isOn.value) return stop;
    if (by.value === undefined) return begin;
    return roster.moderates.value ? ask : undefined;
  };
  return {
    /** `undefined` where the browser cannot capture a screen. */
    button: computed<ShareSwitch | undefined>(() => {
      if (!capture.isPossible()) return undefined;
      const press = act();
      return { isOn: isOn.value, by: by.value, act: press && (() => press()) };
    }),
    /** The user shares a screen: stops it. */
    stop: computed(() => (isOn.value ? stop : undefined)),
    /** The page wants to share a screen, and the browser wants a click inside the frame. */
    request: computed(() => (capture.request.value?.use === 'share' ? capture.request.value : undefined)),
    /** Another participant shares; the user may share instead. */
    takeOver: computed(() => {
      const name = by.value;
      if (!asksTakeOver.value || name === undefined) return undefined;
      return { name, accept: () => begin(true), decline: ask };
    }),
    /** The moderator who ended the user's share. */
    takenBy: share.takenBy,
    dismissTaken: share.dismissTaken,
  };
});
