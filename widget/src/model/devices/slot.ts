import { type MediaDevice, RTCPeerError } from '@meetframe/contract';
import { batch, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { OpeningProblem } from '../devices.ts';

const problemOf = (error: unknown): OpeningProblem => {
  const { code } = RTCPeerError.from(error);
  return code === 'PERMISSION_DENIED' || code === 'DEVICE_NOT_FOUND' || code === 'DEVICE_IN_USE' ? code : 'INTERNAL';
};

/** The camera or the microphone that is in use: which device it is, and whether it is on. */
export const DeviceSlot = createModel(
  (deps: {
    kind: 'videoinput' | 'audioinput';
    /** Opens the device with that id, or any device. */
    open: (deviceId: string | undefined) => Promise<MediaStreamTrack>;
    isDenied: () => Promise<boolean>;
    devices: ReadonlySignal<MediaDevice[]>;
    refresh: () => Promise<MediaDevice[]>;
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
    /** How the browser lists the system's default device, while the open track is of that device. */
    let followed: string | undefined;
    let queue: Promise<unknown> = Promise.resolve();
    /** Ends the wait for a device that is being opened: a permission prompt may be up for long. */
    let giveUp: (() => void) | undefined;
    let disposed = false;

    const put = (next: MediaStreamTrack | undefined): void => {
      const old = track.peek();
      if (old === next) return;
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
      deps.onTrack?.(next);
    };

    /** The device was unplugged, or the user withdrew the permission. */
    const lose = async (lost: MediaStreamTrack): Promise<void> => {
      if (track.peek() !== lost) return;
      batch(() => {
        problem.value = 'DEVICE_NOT_FOUND';
        put(undefined);
      });
      // A device that is still listed, but without its name, was not unplugged: the permission is gone.
      const isHidden = (await deps.refresh()).some(({ kind, deviceId }) => kind === deps.kind && deviceId === '');
      const isRefused = isHidden || (await deps.isDenied());
      if (isRefused && problem.peek() === 'DEVICE_NOT_FOUND') problem.value = 'PERMISSION_DENIED';
    };

    /** Browsers that list the default device as such (Chromium, for audio) name in it which device that is now. */
    const defaultDevice = (list: readonly MediaDevice[]): string | undefined => {
      const entry = list.find(({ kind, deviceId }) => kind === deps.kind && deviceId === 'default');
      return entry && `${entry.groupId} ${entry.label}`;
    };
    /** Another device became the system's default: opens that one, if the default is in use. */
    const followDefault = (list: readonly MediaDevice[]): void => {
      const now = defaultDevice(list);
      if (followed === undefined || now === undefined || now === followed) return;
      followed = now;
      void bring(true).catch(() => {});
    };

    const isThere = (list: readonly MediaDevice[]): boolean =>
      list.some(({ kind, deviceId }) => kind === deps.kind && deviceId === id.peek());

    /** The remembered device while it is connected, otherwise any device. */
    const remembered = (): string | undefined => {
      const list = deps.devices.peek();
      // Without permission browsers list devices without ids, so it is unknown whether the device is connected.
      const isTold = list.some(({ kind, deviceId }) => kind === deps.kind && deviceId !== '');
      return isTold && !isThere(list) ? undefined : id.peek();
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
          opening.value = true;
          try {
            const asked = deps.open(fresh ? id.peek() : remembered());
            const opened = await Promise.race([
              asked,
              new Promise<undefined>((resolve) => {
                giveUp = () => resolve(undefined);
              }),
            ]);
            // Whatever the person answers now comes too late.
            if (!opened) return void asked.then((late) => late.stop()).catch(() => {});
            if (!on.peek() || disposed) return opened.stop();
            put(opened);
          } catch (error) {
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

    effect(() => () => {
      disposed = true;
      on.value = false;
      giveUp?.();
      put(undefined);
    });

    return {
      on,
      id,
      track,
      problem,
      isSilenced,
      opening,
      set(next: boolean): Promise<void> {
        on.value = next;
        if (next) return bring();
        // Off is off at once, also while the device is being opened.
        problem.value = undefined;
        giveUp?.();
        put(undefined);
        return bring();
      },
      /**
       * Switches to another device (`any`: the one that the browser prefers); if it cannot be opened, the old choice
       * stays.
       */
      async choose(deviceId: string): Promise<void> {
        const old = id.peek();
        if (old === deviceId && track.peek()) return;
        id.value = deviceId === 'any' ? undefined : deviceId;
        try {
          if (on.peek()) await bring(true);
          else if (deviceId !== 'any' && !isThere(await deps.refresh()))
            throw new RTCPeerError('DEVICE_NOT_FOUND', 'There is no such device.');
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
      /** Devices were connected or removed: a lost device is used again when it is back, a new default at once. */
      devicesChanged(list: readonly MediaDevice[]): void {
        followDefault(list);
        if (!on.peek() || problem.peek() !== 'DEVICE_NOT_FOUND') return;
        const isAny = id.peek() === undefined && list.some(({ kind }) => kind === deps.kind);
        // A refusal is shown as the problem.
        if (isAny || isThere(list)) void bring().catch(() => {});
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
