import { RTCPeerError } from '@meetframe/contract';
import { createModel, effect, signal } from '@preact/signals';
import { canCapture, needsGesture } from '../../media/canCapture.ts';
import type { DisplayUse, OpenDisplay } from '../../media/display.ts';
import type { SeatModel } from './seat.ts';

/** The browser wants a click inside the frame before it opens its dialog. */
export type CaptureRequest = {
  use: DisplayUse;
  /** To be called in the handler of a click. */
  accept(): void;
  decline(): void;
};
export type CaptureModel = InstanceType<typeof Capture>;

/** With the media stack, which is there in a meeting: the click that asks must not wait for a download. */
const openDisplay: OpenDisplay = async (use) => await (await import('../../media/session.ts')).openDisplay(use);

/**
 * Captures a screen. A click on the button of a page does not count as one in the frame: where the SDK cannot delegate
 * it, the user is asked inside the frame.
 */
export const Capture = createModel((deps: { seat: SeatModel; openDisplay?: OpenDisplay | undefined }) => {
  const open = deps.openDisplay ?? openDisplay;
  const request = signal<CaptureRequest | undefined>(undefined);
  const decline = (): void => request.peek()?.decline();

  deps.seat.follow({ left: decline });
  effect(() => decline);

  return {
    /** Whether this browser can capture a screen; those of telephones cannot. */
    isPossible: (): boolean => canCapture(),
    request,
    /** Ends an open {@link request}. */
    decline,
    /** Rejects with an `RTCPeerError`: `PERMISSION_DENIED` also when the user cancels. */
    async open(use: DisplayUse): Promise<MediaStream> {
      try {
        return await open(use);
      } catch (cause) {
        if (!needsGesture(cause)) throw cause;
      }
      decline();
      return await new Promise((resolve, reject) => {
        const close = (): void => {
          request.value = undefined;
        };
        request.value = {
          use,
          accept() {
            close();
            open(use).then(resolve, (cause) => reject(RTCPeerError.from(cause)));
          },
          decline() {
            close();
            reject(new RTCPeerError('PERMISSION_DENIED', 'The user did not choose a screen.'));
          },
        };
      });
    },
  };
});
