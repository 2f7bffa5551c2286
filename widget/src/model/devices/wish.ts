import type { MediaDevice } from '@meetframe/contract';

/** A device that the user, or the page, chose. Browsers change ids when storage is cleared: the label finds it again. */
export type Wish = { deviceId: string; label: string };

/** The chosen device among those that are connected. */
export const findWished = (
  list: readonly MediaDevice[],
  kind: MediaDevice['kind'],
  wish: Wish | undefined,
): MediaDevice | undefined => {
  if (!wish) return undefined;
  const devices = list.filter((each) => each.kind === kind && each.deviceId !== '');
  return (
    devices.find(({ deviceId }) => deviceId === wish.deviceId) ??
    devices.find(({ label }) => label !== '' && label === wish.label)
  );
};

/** Why another device is in use than before, without a choice of the user or the page. */
export type Switched = {
  kind: 'camera' | 'microphone' | 'speaker';
  /** The one in use was removed; the chosen one is connected again; another one became the system's default. */
  how: 'lost' | 'back' | 'default';
  /** The device that is used now; empty for the system's default. */
  label: string;
};
