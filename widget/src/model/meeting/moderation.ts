import { createModel, effect, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { PublishingModel } from './publishing.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

/** Muting other participants, and the actions of the moderator on this participant. */
export const Moderation = createModel(
  (deps: {
    client: Pick<Client, 'call' | 'on'>;
    seat: SeatModel;
    roster: RosterModel;
    publishing: PublishingModel;
  }) => {
    const { client, seat, roster, publishing } = deps;
    const { microphone } = publishing;
    /** A moderator asks to un-mute. */
    const unmuteRequested = signal(false);
    const dismissUnmuteRequest = (): void => {
      unmuteRequested.value = false;
    };

    seat.follow({
      taken(snapshot, before) {
        if (before !== snapshot.client.id) dismissUnmuteRequest();
      },
      left: dismissUnmuteRequest,
    });
    /** The server has muted already; to un-mute it only asks. */
    const asked = (isMute: boolean): void => {
      if (isMute) publishing.muted();
      unmuteRequested.value = !isMute && !microphone.isOn.peek();
    };
    effect(() =>
      client.on('meeting.onMute', ({ userId, isMute }) => {
        if (seat.isIn() && userId === seat.selfId.peek()) asked(isMute);
      }),
    );
    effect(() =>
      client.on('meeting.onMuteAll', ({ userId, isMute }) => {
        // The moderator, whose id it is, is not meant.
        if (seat.isIn() && userId !== seat.selfId.peek()) asked(isMute);
      }),
    );
    effect(() => {
      if (microphone.isOn.value) dismissUnmuteRequest();
    });

    return {
      unmuteRequested,
      dismissUnmuteRequest,
      /** Mutes another participant, or asks to un-mute. */
      async mute(userId: number, isMute: boolean): Promise<void> {
        roster.find(userId);
        await client.call('meeting.muteMsg', { userId, isMute });
      },
    };
  },
);
