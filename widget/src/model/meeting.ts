import { RTCPeerError } from '@meetframe/contract';
import { batch, type ReadonlySignal, signal } from '@preact/signals';
import type { AudioOut } from '../media/audio.ts';
import { createMediaStack, type LoadStack } from '../media/stack.ts';
import type { Client } from '../platform/client.ts';
import type { Admissions } from './admissions.ts';
import type { FullDevices } from './devices.ts';
import { followNews } from './meeting/news.ts';
import { createPublishing, type PublishOptions } from './meeting/publishing.ts';
import { createReceived } from './meeting/received.ts';
import { createSeat, type EnterInput } from './meeting/seat.ts';
import { createMeetingState } from './meeting/state.ts';
import { createWishes } from './meeting/wishes.ts';
import type { LeftReason, MeetingModel } from './types.ts';

export type FullMeeting = ReturnType<typeof createMeeting>;
export type { EnterInput, PublishOptions };

/** The meeting as a whole: puts its parts together and offers what people and pages can do in it. */
export const createMeeting = (deps: {
  client: Client;
  admissions: Admissions;
  devices: FullDevices;
  audio: AudioOut;
  autoPlay: () => boolean;
  mode: () => string | undefined;
  report: (error: RTCPeerError) => void;
  /** Whether anybody can look at the stage. */
  isWatched?: ReadonlySignal<boolean>;
  load?: LoadStack | undefined;
}) => {
  const { client, devices, audio, report } = deps;
  const state = createMeetingState(devices.cameraStream);
  const received = createReceived(state, audio);
  const media = createMediaStack({
    call: client.call,
    load: deps.load,
    events: { ...received, renewed: () => wishes.again(), failed: report },
  });
  const wishes = createWishes({
    client,
    state,
    autoPlay: deps.autoPlay,
    isWatched: deps.isWatched ?? signal(true),
  });
  const publishing = createPublishing({ client, state, devices, media, report });

  const forget = (): void => {
    state.leave();
    wishes.forget();
    seat.forget();
    publishing.forget();
    media.session?.leave();
    state.clear();
  };
  const end = (reason: LeftReason): void => {
    const own = state.self.peek()?.client;
    const roomId = state.room.peek()?.id;
    forget();
    void devices.off();
    if (own && roomId !== undefined) state.ended.value = { roomId, client: own, reason };
  };
  const seat = createSeat({
    client,
    admissions: deps.admissions,
    state,
    media,
    publishing,
    mode: deps.mode,
    report,
    onEnd: end,
  });
  const stopNews = followNews({
    client,
    state,
    media,
    seat,
    publishing,
    devices,
    askAgain: wishes.again,
    onEnd: end,
  });

  /** Turns a device of one's own on or off; a refusal leaves it off. */
  const turn = async (source: 'camera' | 'microphone', on: boolean): Promise<void> => {
    state.ownClient();
    // Refused, the wish stays, as in the lobby: the person is told why, and the next press tries again.
    await (source === 'camera' ? devices.setCamera(on) : devices.setMicrophone(on));
    await publishing.turnOn(source);
  };

  const model: MeetingModel = {
    room: state.room,
    self: state.self,
    ownIds: state.ownIds,
    members: state.members,
    chat: state.chat,
    isAudio: state.isAudio,
    activeSpeaker: state.activeSpeaker,
    voice: state.voice,
    voiceTag: state.voiceTag,
    volumes: state.volumes,
    startedAt: state.startedAt,
    unmuteRequested: state.unmuteRequested,
    poorNetwork: state.poorNetwork,
    named: state.named,
    closed: state.closed,
    async enter(input: EnterInput) {
      const current = state.room.peek();
      if (current && state.isIn()) {
        if (current.id !== input.roomId)
          throw new RTCPeerError('CONFLICT', `Room ${current.id} is open: call meeting.exit first.`);
        const others = state.members.peek().filter(({ isSelf }) => !isSelf);
        return { client: state.ownClient(), members: others.map((member) => member.client), room: current };
      }
      const { client: own, members, room } = await seat.enter(input);
      return { client: own, members, room };
    },
    async exit() {
      if (!state.isIn()) {
        state.leave();
        return { result: 1 };
      }
      const leaving = client.call('meeting.exit', {});
      end('exit');
      // Whatever the server says: this end is out, the seat falls free with the connection.
      return leaving.catch(() => ({ result: 0 }));
    },
    async publish(options?: PublishOptions) {
      await publishing.start(options);
      return { client: state.ownClient() };
    },
    async mute(isMute) {
      state.ownClient();
      state.unmuteRequested.value = false;
      await turn('microphone', !isMute);
      return state.changeSelf({ isMuted: isMute });
    },
    async muteMember(clientId, isMute) {
      await muteSelfOrOther({ userId: clientId, isMute });
    },
    dismissUnmuteRequest() {
      state.unmuteRequested.value = false;
    },
    async video(on) {
      if (on && state.isAudio.peek()) throw new RTCPeerError('FORBIDDEN', 'This room is for sound only.');
      await turn('camera', on);
      return state.changeSelf({}, { video: on });
    },
    async say(content) {
      const own = state.ownClient();
      const { message } = await client.call('meeting.chat', { userId: own.id, roomId: state.room.peek()?.id, content });
      return state.write(message);
    },
    async play(clientId, domId) {
      const { client: member } = state.find(clientId);
      batch(() => {
        state.named.value = new Map(state.named.peek()).set(domId, clientId);
        // Whoever is played in the tile that followed the voices stays in it.
        if (state.voiceTag.peek() === domId) state.voiceTag.value = undefined;
        state.closed.value = new Set([...state.closed.peek()].filter((id) => id !== clientId));
      });
      return { client: member };
    },
    async closePlay(clientId) {
      const { client: member } = state.find(clientId);
      batch(() => {
        state.named.value = new Map([...state.named.peek()].filter(([, id]) => id !== clientId));
        state.closed.value = new Set(state.closed.peek()).add(clientId);
      });
      return { client: member };
    },
    show: wishes.show,
    async bitrate(clientId) {
      const own = state.ownClient().id;
      if (clientId !== undefined) state.find(clientId);
      const rates = await media.session?.bitrate(clientId === own ? undefined : clientId);
      if (!rates) throw new RTCPeerError('NOT_IN_MEETING', 'The meeting is still being entered.');
      return rates;
    },
  };

  const muteSelfOrOther = async (input: {
    userId: number;
    isMute: boolean;
    super?: string | undefined;
  }): Promise<void> => {
    state.find(input.userId);
    if (input.userId === state.selfId.peek()) await model.mute(input.isMute);
    else await client.call('meeting.muteMsg', { ...input, roomId: state.room.peek()?.id });
  };

  return {
    ...model,
    /** As in the model, and with what a page may say besides. */
    enter: model.enter as (input: EnterInput) => ReturnType<MeetingModel['enter']>,
    publish: model.publish as (options?: PublishOptions) => ReturnType<MeetingModel['publish']>,
    muteSelfOrOther,
    localPublished: publishing.published,
    muteNotice: state.muteNotice,
    ended: state.ended,
    prepare: async (): Promise<void> => {
      const { rtpCapabilities } = await client.welcome();
      await media.prepare(rtpCapabilities);
    },
    dispose(): void {
      forget();
      stopNews();
      wishes.dispose();
      publishing.dispose();
      media.close();
      audio.close();
    },
  };
};
