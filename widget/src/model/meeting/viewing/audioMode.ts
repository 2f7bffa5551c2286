import type { Client as ClientBean } from '@meetframe/contract';
import { createModel, effect, untracked } from '@preact/signals';
import type { DevicesModel } from '../../devices.ts';
import type { OwnSource } from '../publishing.ts';
import type { ReceivingModel } from '../receiving.ts';
import type { RosterModel } from '../roster.ts';
import type { SeatModel } from '../seat.ts';

/** Going on with audio only: the own camera is off and no video is received (3.23). */
export const AudioMode = createModel(
  (deps: {
    seat: SeatModel;
    roster: RosterModel;
    receiving: ReceivingModel;
    devices: DevicesModel;
    camera: OwnSource;
  }) => {
    const { seat, roster, receiving, devices, camera } = deps;
    /** The camera was on when the mode began. */
    let hadCamera = false;

    const set = async (on: boolean): Promise<ClientBean> => {
      roster.ownClient();
      if (on !== receiving.audioOnly.peek()) {
        if (on) hadCamera = devices.cameraOn.peek();
        roster.confirmSelf({ audioOnly: on });
        // The server pauses the camera with this message, so that the others hear of one change.
        const told = receiving.setAudioOnly(on);
        if (on) await Promise.all([told, camera.set(false)]);
        else await Promise.all([told, hadCamera && !roster.isAudioOnly.peek() && camera.set(true)]);
      }
      return roster.ownClient();
    };
    seat.follow({
      left() {
        hadCamera = false;
      },
    });
    // Turning the camera on ends the mode.
    effect(() => {
      const isOn = devices.cameraOn.value;
      untracked(() => {
        if (!isOn || !receiving.audioOnly.peek()) return;
        hadCamera = false;
        // The code that turned the camera on reports a refusal.
        set(false).catch(() => {});
      });
    });
    return { set };
  },
);
