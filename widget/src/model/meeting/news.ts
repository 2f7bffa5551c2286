import { RTCPeerError } from '@meetframe/contract';
import { batch } from '@preact/signals';
import type { MediaStack } from '../../media/stack.ts';
import type { Client } from '../../platform/client.ts';
import type { FullDevices } from '../devices.ts';
import { applyRoster, loudness } from '../roster.ts';
import type { LeftReason } from '../types.ts';
import type { Publishing } from './publishing.ts';
import type { Seat } from './seat.ts';
import type { MeetingState } from './state.ts';

/** What the server tells unasked, and what each message changes. Returns how to stop listening. */
export const followNews = (deps: {
  client: Client;
  state: MeetingState;
  media: MediaStack;
  seat: Seat;
  publishing: Publishing;
  devices: FullDevices;
  askAgain: () => void;
  onEnd: (reason: LeftReason) => void;
}): (() => void) => {
  const { client, state, media, seat, publishing, devices } = deps;

  const catchUp = async (): Promise<void> => {
    if (!state.isIn()) return;
    const here = state.here();
    try {
      const snapshot = await client.call('meeting.snapshot', {});
      if (!here()) return;
      state.replace(snapshot);
      // Consumers may have been announced meanwhile: start media afresh.
      await media.session?.rebuild();
    } catch (error) {
      if (here() && RTCPeerError.from(error).code === 'NOT_IN_MEETING') await seat.reenter();
    }
  };

  const stops = [
    client.onConnection('lost', () => void seat.reenter()),
    client.onConnection('missed', () => void catchUp()),
    client.onConnection('state', (connection) => {
      if (connection.state !== 'connected' || !state.isIn()) return;
      deps.askAgain();
      media.session?.check();
    }),
    client.on('meeting.roster', (change) => {
      if (state.room.peek()?.id !== change.roomId) return;
      batch(() => {
        if (change.room) state.room.value = change.room;
        state.roster.value = applyRoster(state.roster.peek(), change);
      });
    }),
    client.on('meeting.onChat', (message) => void state.write(message)),
    client.on('meeting.onMute', (notice) => {
      if (!state.isIn()) return;
      if (notice.userId === state.selfId.peek()) {
        if (notice.isMute) {
          publishing.serverKnows(true);
          state.unmuteRequested.value = false;
          publishing.quietly(devices.setMicrophone(false));
        } else if (!devices.microphoneOn.peek() || !devices.microphoneTrack.peek()) state.unmuteRequested.value = true;
      }
      state.muteNotice.value = { ...notice };
    }),
    client.on('meeting.speakers', ({ active, speakers }) =>
      state.hear(active, new Map(speakers.map(({ clientId, volume }) => [clientId, loudness(volume)]))),
    ),
    client.on('meeting.closed', ({ roomId, reason, retryAfter }) => {
      if (state.room.peek()?.id !== roomId) return;
      if (reason === 'shutdown' && retryAfter !== undefined) seat.reenterLater(retryAfter);
      else deps.onEnd(reason);
    }),
    client.on('media.consumers', ({ consumers }) => void media.session?.consume(consumers)),
    client.on('media.consumersClosed', ({ consumerIds }) => {
      for (const id of consumerIds) media.session?.end(id);
    }),
    client.on('media.quality', ({ direction, poor }) => {
      state.poorNetwork.value = { ...state.poorNetwork.peek(), [direction]: poor };
    }),
    client.on('media.codecUnsupported', ({ source }) => {
      if (media.session) publishing.quietly(media.session.fallBack(source));
    }),
    client.on('media.reset', () => void media.session?.rebuild()),
  ];
  return () => {
    for (const stop of stops) stop();
  };
};
