import { type ErrorCode, type MediaDevice, RTCPeerError } from '@meetframe/contract';
import { batch, computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import { findWished, type Switched, type Wish } from './wish.ts';

/** Why a device cannot be opened. */
export type OpeningProblem = Extract<
  ErrorCode,
  'PERMISSION_DENIED' | 'DEVICE_NOT_FOUND' | 'DEVICE_IN_USE' | 'INTERNAL'
>;

const problemOf = (error: unknown): OpeningProblem => {
  const { code } = RTCPeerError.from(error);
  return code === 'PERMISSION_DENIED' || code === 'DEVICE_NOT_FOUND' || code === 'DEVICE_IN_USE' ? code : 'INTERNAL';
};

/** A device that ends sooner than this after it was opened, in milliseconds, is not reopened automatically. */
const steadyAfter = 1000;

/** The camera or the microphone that is in use: which device it is, and whether it is on. */
export const DeviceSlot = createModel(
  (deps: {
    kind: 'videoinput' | 'audioinput';
    /** Opens the device with that id, or any device. */
    open: (deviceId: string | undefined) => Promise<MediaStreamTrack>;
    isDenied: () => Promise<boolean>;
    devices: ReadonlySignal<MediaDevice[]>;
    refresh: () => Promise<MediaDevice[]>;
    /** Calls the listener with the current permission and with each change, where the browser reports it. */
    onPermission: (listener: (state: PermissionState) => void) => () => void;
    /** The choice of an earlier visit. */
    wish?: Wish | undefined;
    /** The user, or the page, chose a device, or (`undefined`) any. */
    onWish?: (wish: Wish | undefined) => void;
    /** Called when another device is in use without a choice of the user. */
    onSwitched: (how: Switched['how'], label: string) => void;
    /** Another track is in use, or no track. */
    onTrack?: (track: MediaStreamTrack | undefined) => void;
  }) => {
    const on = signal(false);
    const id = signal<string | undefined>(undefined);
    const track = signal<MediaStreamTrack | undefined>(undefined);
    const problem = signal<OpeningProblem | undefined>(undefined);
    const opening = signal(false);
    /** The operating system, or a switch on the device, has muted it: the track is open and delivers silence. */
    const isSilenced = signal(false);
    const permission = signal<PermissionState | undefined>(undefined);
    /** The chosen device, or the one that was in use when it was lost: it is used whenever it is connected. */
    let wish = deps.wish;
    let openedAt = 0;
    /** Why a device is being opened without a choice of the user. */
    let reason: Switched['how'] | undefined;
    let lostLabel = '';
    /** The open device of a microphone that is off: see {@link keepOpen}. */
    const spare = signal<MediaStreamTrack | undefined>(undefined);
    let keepsOpen = false;
    const setSpare = (next: MediaStreamTrack | undefined): void => {
      const old = spare.peek();
      if (old === next) return;
      spare.value = next;
      if (old && old !== track.peek()) old.stop();
      if (next) next.onended = () => setSpare(undefined);
    };
    /** How the browser lists the system's default device, while the open track is of that device. */
    let followed: string | undefined;
    let queue: Promise<unknown> = Promise.resolve();
    /** Ends the wait for a device that is being opened: a permission prompt may be up for long. */
    let giveUp: (() => void) | undefined;
    let disposed = false;

    const put = (next: MediaStreamTrack | undefined): void => {
      const old = track.peek();
      if (old === next) return;
      if (next) openedAt = Date.now();
      batch(() => {
        track.value = next;
        isSilenced.value = next?.muted === true;
        if (next) {
          problem.value = undefined;
          id.value = next.getSettings().deviceId ?? id.peek();
        }
      });
      if (old) {
        old.onended = old.onmute = old.onunmute = null;
        old.stop();
      }
      if (next) {
        next.onended = () => void lose(next);
        next.onmute = () => {
          isSilenced.value = true;
        };
        next.onunmute = () => {
          isSilenced.value = false;
        };
      }
      followed = undefined;
      setSpare(undefined);
      deps.onTrack?.(next);
      if (next && reason) deps.onSwitched(reason === 'lost' && next.label === lostLabel ? 'back' : reason, next.label);
      reason = undefined;
    };

    /** The device was unplugged, or the user withdrew the permission. */
    const lose = async (lost: MediaStreamTrack): Promise<void> => {
      if (track.peek() !== lost) return;
      const isSteady = Date.now() - openedAt > steadyAfter;
      batch(() => {
        problem.value = 'DEVICE_NOT_FOUND';
        put(undefined);
      });
      lostLabel = lost.label;
      const deviceId = id.peek();
      if (deviceId !== undefined) wish ??= { deviceId, label: lostLabel };
      // A device that is still listed, but without its name, was not unplugged: the permission is gone.
      const list = await deps.refresh();
      const isHidden = list.some(({ kind, deviceId }) => kind === deps.kind && deviceId === '');
      const isRefused = isHidden || (await deps.isDenied());
      if (problem.peek() !== 'DEVICE_NOT_FOUND') return;
      if (isRefused) problem.value = 'PERMISSION_DENIED';
      else if (isSteady) useAnother(list);
    };

    /** Opens the chosen device if it is connected, otherwise any of the kind; asks for no permission. */
    const useAnother = (list: readonly MediaDevice[]): void => {
      const isAny = id.peek() === undefined;
      const isThereOne = list.some(({ kind, deviceId }) => kind === deps.kind && (isAny || deviceId !== ''));
      if (!on.peek() || !isThereOne) return;
      reason = isAny ? undefined : 'lost';
      // A refusal is shown as the problem.
      void bring().catch(() => {});
    };

    /** Browsers that list the default device as such (Chromium, for audio) name in it which device that is now. */
    const defaultDevice = (list: readonly MediaDevice[]): string | undefined => {
      const entry = list.find(({ kind, deviceId }) => kind === deps.kind && deviceId === 'default');
      return entry && `${entry.groupId} ${entry.label}`;
    };
    /** If the default device is in use and the system's default has changed, opens the new default. */
    const followDefault = (list: readonly MediaDevice[]): void => {
      const now = defaultDevice(list);
      if (followed === undefined || now === undefined || now === followed) return;
      followed = now;
      reason = 'default';
      void bring(true).catch(() => {});
    };

    const isThere = (list: readonly MediaDevice[]): boolean =>
      list.some(({ kind, deviceId }) => kind === deps.kind && deviceId === id.peek());

    /** The chosen device while it is connected, otherwise the last one, otherwise any. */
    const remembered = (): string | undefined => {
      const list = deps.devices.peek();
      // Without permission browsers list devices without ids, so it is unknown which are connected.
      const isTold = list.some(({ kind, deviceId }) => kind === deps.kind && deviceId !== '');
      if (!isTold) return wish?.deviceId ?? id.peek();
      return findWished(list, deps.kind, wish)?.deviceId ?? (isThere(list) ? id.peek() : undefined);
    };
    /** Opens that device; where it turns out to be gone, any. */
    const openRemembered = (): Promise<MediaStreamTrack> => {
      const deviceId = remembered();
      return deps.open(deviceId).catch((error: unknown) => {
        if (deviceId === undefined || problemOf(error) !== 'DEVICE_NOT_FOUND') throw error;
        return deps.open(undefined);
      });
    };

    /**
     * Opens or releases the device, one step at a time; the last setting counts. `fresh`: the device that was just
     * chosen, and no other.
     */
    const bring = (fresh = false): Promise<void> => {
      const step = queue
        .catch(() => {})
        .then(async () => {
          if (!on.peek() || disposed) return put(undefined);
          if (track.peek() && !fresh && !isSilenced.peek()) return;
          const kept = spare.peek();
          if (kept?.readyState === 'live' && !kept.muted && !fresh) return put(kept);
          opening.value = true;
          try {
            const asked = fresh ? deps.open(id.peek()) : openRemembered();
            const opened = await Promise.race([
              asked,
              new Promise<undefined>((resolve) => {
                giveUp = () => resolve(undefined);
              }),
            ]);
            // A later answer to the permission prompt is ignored.
            if (!opened) return void asked.then((late) => late.stop()).catch(() => {});
            if (!on.peek() || disposed) return opened.stop();
            put(opened);
          } catch (error) {
            reason = undefined;
            // A device that is still in use is no problem.
            if (!track.peek()) problem.value = problemOf(error);
            throw error;
          } finally {
            giveUp = undefined;
            opening.value = false;
            void settle();
          }
        });
      queue = step;
      return step;
    };

    /** After a device was opened: browsers give more of the list then. */
    const settle = async (): Promise<void> => {
      const opened = track.peek();
      const list = await deps.refresh();
      if (opened && opened === track.peek() && id.peek() === 'default') followed = defaultDevice(list);
    };

    effect(() =>
      deps.onPermission((state) => {
        permission.value = state;
        if (state !== 'granted') return;
        void deps.refresh();
        if (on.peek() && problem.peek() === 'PERMISSION_DENIED') void bring().catch(() => {});
      }),
    );
    effect(() => () => {
      disposed = true;
      on.value = false;
      giveUp?.();
      put(undefined);
      setSpare(undefined);
    });

    return {
      on,
      id,
      track,
      problem,
      isSilenced,
      opening,
      /** The user, or a policy, refuses this kind of device. */
      isBlocked: computed(() => problem.value === 'PERMISSION_DENIED' || permission.value === 'denied'),
      /** The track of a microphone that is off but kept open; it is not sent. */
      spare,
      /** Keeps the device open while it is off, so that it is on again at once, and a user who speaks while muted can be told. */
      keepOpen(keeps: boolean): void {
        keepsOpen = keeps;
        if (!keeps) setSpare(undefined);
      },
      set(next: boolean): Promise<void> {
        on.value = next;
        if (next) return bring();
        // Turning off takes effect at once, also while the device is being opened.
        problem.value = undefined;
        giveUp?.();
        const open = track.peek();
        // Clone the track, because the one that was sent ends now.
        const copy = keepsOpen && open?.readyState === 'live' ? open.clone() : spare.peek();
        put(undefined);
        setSpare(copy);
        return bring();
      },
      /**
       * Switches to another device (`any`: the one that the browser prefers); if it cannot be opened, the old choice
       * stays.
       */
      async choose(deviceId: string): Promise<void> {
        const old = id.peek();
        const isAny = deviceId === 'any';
        const wishNow = async (): Promise<void> => {
          const list = isAny ? [] : await deps.refresh();
          const label = list.find((each) => each.kind === deps.kind && each.deviceId === deviceId)?.label ?? '';
          wish = isAny ? undefined : { deviceId, label };
          deps.onWish?.(wish);
        };
        if (old === deviceId && track.peek()) return wishNow();
        id.value = isAny ? undefined : deviceId;
        try {
          setSpare(undefined);
          if (on.peek()) await bring(true);
          else if (!isAny && !isThere(await deps.refresh()))
            throw new RTCPeerError('DEVICE_NOT_FOUND', 'There is no such device.');
          await wishNow();
        } catch (error) {
          id.value = old;
          throw error;
        }
      },
      /** Changes the device if it is open. One that cannot be changed so (`change` is false) is closed and opened again. */
      adjust(change: (track: MediaStreamTrack) => Promise<boolean>): Promise<void> {
        queue = queue
          .catch(() => {})
          .then(async () => {
            const open = track.peek();
            if (open && !(await change(open)) && track.peek() === open) put(undefined);
          });
        return bring();
      },
      /** Devices were connected or removed: the chosen one is used again when it is back, a new default at once. */
      devicesChanged(list: readonly MediaDevice[]): void {
        followDefault(list);
        if (problem.peek() === 'DEVICE_NOT_FOUND') useAnother(list);
        const wished = track.peek() && findWished(list, deps.kind, wish);
        if (!wished || !wish || wished.deviceId === id.peek() || wished.label === track.peek()?.label) return;
        const before = id.peek();
        id.value = wished.deviceId;
        reason = 'back';
        void bring(true).catch(() => {
          id.value = before;
        });
      },
      async borrow(): Promise<MediaStreamTrack> {
        const open = track.peek() ?? spare.peek();
        if (open) return open.clone();
        try {
          return await openRemembered();
        } finally {
          void deps.refresh();
        }
      },
      /** Opens a device to test it, and releases it. Resolves with the error, if any. */
      async probe(open = () => deps.open(undefined)): Promise<RTCPeerError | undefined> {
        if (track.peek()) return undefined;
        try {
          (await open()).stop();
          return undefined;
        } catch (error) {
          return RTCPeerError.from(error);
        } finally {
          void deps.refresh();
        }
      },
    };
  },
);
