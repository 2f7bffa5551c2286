import { type MediaDevice, RTCPeerError } from '@meetframe/contract';
import { batch, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import type { DeviceProblem } from '../devices.ts';

const problemOf = (error: unknown): DeviceProblem => {
  const { code } = RTCPeerError.from(error);
  return code === 'PERMISSION_DENIED' || code === 'DEVICE_NOT_FOUND' || code === 'DEVICE_IN_USE' ? code : 'INTERNAL';
};

/** The place of one camera or one microphone: which device is in it, and whether it is on. */
export const DeviceSlot = createModel(
  (deps: {
    kind: 'videoinput' | 'audioinput';
    /** Opens the device with that id, or any. */
    open: (deviceId: string | undefined) => Promise<MediaStreamTrack>;
    isDenied: () => Promise<boolean>;
    devices: ReadonlySignal<MediaDevice[]>;
    refresh: () => Promise<MediaDevice[]>;
    /** Another track is in use, or none. */
    onTrack?: (track: MediaStreamTrack | undefined) => void;
  }) => {
    const on = signal(false);
    const id = signal<string | undefined>(undefined);
    const track = signal<MediaStreamTrack | undefined>(undefined);
    const problem = signal<DeviceProblem | undefined>(undefined);
    const opening = signal(false);
    let queue: Promise<unknown> = Promise.resolve();
    let disposed = false;

    const put = (next: MediaStreamTrack | undefined): void => {
      const old = track.peek();
      if (old === next) return;
      batch(() => {
        track.value = next;
        if (next) {
          problem.value = undefined;
          id.value = next.getSettings().deviceId ?? id.peek();
        }
      });
      if (old) {
        old.onended = null;
        old.stop();
      }
      deps.onTrack?.(next);
    };

    /** The device was unplugged, or the permission taken back. */
    const lose = async (lost: MediaStreamTrack): Promise<void> => {
      if (track.peek() !== lost) return;
      batch(() => {
        problem.value = 'DEVICE_NOT_FOUND';
        put(undefined);
      });
      // A device that is still there, its name hidden again, was not unplugged.
      const isHidden = (await deps.refresh()).some(({ kind, deviceId }) => kind === deps.kind && deviceId === '');
      const isRefused = isHidden || (await deps.isDenied());
      if (isRefused && problem.peek() === 'DEVICE_NOT_FOUND') problem.value = 'PERMISSION_DENIED';
    };

    const isThere = (list: readonly MediaDevice[]): boolean =>
      list.some(({ kind, deviceId }) => kind === deps.kind && deviceId === id.peek());

    /** The remembered device while it exists; after it has gone for good, any. */
    const remembered = (): string | undefined => {
      const list = deps.devices.peek();
      // Without permission browsers name no ids: nothing can be told from such a list.
      const isTold = list.some(({ kind, deviceId }) => kind === deps.kind && deviceId !== '');
      return isTold && !isThere(list) ? undefined : id.peek();
    };

    /** Opens or releases, one step at a time; what was set last counts. `fresh`: the device chosen just now, and no other. */
    const bring = (fresh = false): Promise<void> => {
      const step = queue
        .catch(() => {})
        .then(async () => {
          if (!on.peek() || disposed) return put(undefined);
          if (track.peek() && !fresh) return;
          opening.value = true;
          try {
            const opened = await deps.open(fresh ? id.peek() : remembered());
            if (!on.peek() || disposed) return opened.stop();
            opened.onended = () => void lose(opened);
            put(opened);
          } catch (error) {
            problem.value = problemOf(error);
            throw error;
          } finally {
            opening.value = false;
            void deps.refresh();
          }
        });
      queue = step;
      return step;
    };

    effect(() => () => {
      disposed = true;
      on.value = false;
      put(undefined);
    });

    return {
      on,
      id,
      track,
      problem,
      opening,
      set(next: boolean): Promise<void> {
        on.value = next;
        if (!next) problem.value = undefined;
        return bring();
      },
      /** Takes another device (`any`: whichever the browser prefers); a refusal leaves the old choice. */
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
      /** Opens the device anew if it is open, with other constraints for instance. */
      async reopen(): Promise<void> {
        if (track.peek()) await bring(true);
      },
      /** Devices were plugged in or out: one that was lost is taken into use again when it is back. */
      comeBack(list: readonly MediaDevice[]): void {
        if (!on.peek() || problem.peek() !== 'DEVICE_NOT_FOUND') return;
        const isAny = id.peek() === undefined && list.some(({ kind }) => kind === deps.kind);
        // A refusal shows as the problem again.
        if (isAny || isThere(list)) void bring().catch(() => {});
      },
      /** Tries a device without keeping it; what went wrong, if anything. */
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
