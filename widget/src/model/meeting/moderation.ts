import { createModel, effect, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { PublishingModel } from './publishing.ts';
import type { RosterModel } from './roster.ts';
import type { SeatModel } from './seat.ts';

/** The moderator's actions on other participants, and those of the moderator on this participant. */
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
    /** True while the meeting is locked: nobody new can enter. */
    const isLocked = signal(false);
    const dismissUnmuteRequest = (): void => {
      unmuteRequested.value = false;
    };

    seat.follow({
      taken(snapshot, before) {
        isLocked.value = snapshot.isLocked;
        if (before !== snapshot.client.id) dismissUnmuteRequest();
      },
      left() {
        isLocked.value = false;
        dismissUnmuteRequest();
      },
    });
    /** The server has muted already; to un-mute it only asks. */
    const asked = (isMute: boolean): void => {
      if (isMute) publishing.muted();
      unmuteRequested.value = !isMute && !microphone.isOn.peek();
    };
    effect(() =>
      client.on('meeting.onMute', ({ userId, isMute, fromSuper }) => {
        // Without `fromSuper` the participant has muted itself.
        if (fromSuper && seat.isIn() && userId === seat.selfId.peek()) asked(isMute);
      }),
    );
    effect(() =>
      client.on('meeting.onMuteAll', ({ userId, isMute }) => {
        // `userId` is the moderator, to whom the event does not apply.
        if (seat.isIn() && userId !== seat.selfId.peek()) asked(isMute);
      }),
    );
    effect(() =>
      client.on('meeting.onLock', (lock) => {
        if (roster.room.peek()?.id === lock.roomId) isLocked.value = lock.isLocked;
      }),
    );
    effect(() => {
      if (microphone.isOn.value) dismissUnmuteRequest();
    });

    return {
      unmuteRequested,
      dismissUnmuteRequest,
      isLocked,
      /** Mutes another participant, or asks to un-mute. */
      async mute(userId: number, isMute: boolean): Promise<void> {
        roster.find(userId);
        await client.call('meeting.muteMsg', { userId, isMute, super: 'fromSuper' });
      },
      async muteAll(): Promise<void> {
        await client.call('meeting.muteAll', { isMute: true });
      },
      async remove(userId: number): Promise<void> {
        await client.call('meeting.kickOut', { userId });
      },
      async makeModerator(userId: number): Promise<void> {
        await client.call('meeting.setCompere', { userId });
      },
      async lock(isLocked: boolean): Promise<void> {
        await client.call('meeting.lock', { isLocked });
      },
      async finish(): Promise<void> {
        await client.call('meeting.finish', {});
      },
      /** Renames the user, or another participant. */
      async rename(userId: number, name: string): Promise<void> {
        await client.call('meeting.updateClientName', { userId, name });
      },
      async renameMeeting(appointmentName: string): Promise<void> {
        await client.call('meeting.updateMeetingName', { appointmentName });
      },
      async lowerHand(userId: number): Promise<void> {
        await client.call('meeting.lowerHand', { userId });
      },
    };
  },
);
