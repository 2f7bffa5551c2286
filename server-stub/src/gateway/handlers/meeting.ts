import { meeting } from '@meetframe/contract/api';
import { implement } from '@meetframe/contract/define';
import type { MediaSession, Source } from '@meetframe/contract/sfu';
import type { types } from 'mediasoup';
import { type Caller, type CallingDevice, deviceOf } from '../../account/caller.ts';
import { fail } from '../../errors.ts';
import { iceFor, protocolsFor } from '../../media/relay.ts';
import type { Participant } from '../../meeting/participant.ts';
import type { Services } from './services.ts';

const self = (caller: Caller): Participant => caller.participant ?? fail('NOT_IN_MEETING', 'Enter a meeting first.');

/** What a mute silences. */
const isSound = (source: Source): boolean => source === 'mic' || source === 'screenAudio';

export const meetingHandlers = ({ config, meetings }: Services) => {
  const openMedia = async (
    participant: Participant,
    device: CallingDevice,
    capabilities: unknown,
  ): Promise<MediaSession> => {
    const { media } = participant.meeting;
    const opened = await media.open(participant.peer, capabilities as types.RtpCapabilities, protocolsFor(device));
    participant.client.peerId = opened.peerId;
    return { ...opened, ...iceFor(device, config.TURN_SECRET, String(participant.id)) };
  };

  return implement(meeting)<Caller>({
    'meeting.enter': async (input, caller) => {
      const device = deviceOf(caller);
      const { participant, prepared } = await meetings.enter(input, device, async (one) =>
        input.rtpCapabilities ? await openMedia(one, device, input.rtpCapabilities) : null,
      );
      const snapshot = participant.meeting.snapshot(participant);
      const others = snapshot.participants.filter(({ client }) => client.id !== snapshot.selfId);
      const members = others.map(({ client }) => client);
      return { client: participant.bean().client, members, room: snapshot.room, snapshot, media: prepared };
    },
    'meeting.exit': (_, caller) => {
      if (caller.device) caller.device.exits++;
      if (!caller.participant) return { result: 1 };
      meetings.leave(caller.participant);
      return { result: 0 };
    },
    'meeting.snapshot': (_, caller) => self(caller).meeting.snapshot(self(caller)),
    'meeting.updateMute': async ({ isMute }, caller) => {
      const me = self(caller);
      await meetings.setMuted(me, isMute);
      return { isMuted: isMute, client: me.bean().client };
    },
    'meeting.muteMsg': async ({ userId, isMute, super: role }, caller) => {
      const me = self(caller);
      const target =
        me.meeting.participants.get(userId) ?? fail('NOT_FOUND', `Nobody in this meeting has the id ${userId}.`);
      if (target === me) {
        await meetings.setMuted(me, isMute);
        return {};
      }
      if (isMute) await meetings.setMuted(target, true);
      target.emit('meeting.onMute', { userId, roomId: me.room.id, isMute, super: role, fromSuper: true });
      return {};
    },
    'meeting.chat': async ({ content }, caller) => ({ message: await meetings.chat(self(caller), content) }),
    'media.open': async ({ rtpCapabilities }, caller) => {
      const me = self(caller);
      if (me.meeting.sharing === me.id) me.meeting.sharing = undefined;
      const opened = await openMedia(me, deviceOf(caller), rtpCapabilities);
      me.meeting.changed(me);
      return opened;
    },
    'media.connect': async ({ transportId, dtlsParameters }, caller) => {
      const me = self(caller);
      const transport = me.meeting.media.transport(me.peer, transportId);
      await transport
        .connect({ dtlsParameters })
        .catch((error: Error) => fail('CONFLICT', `The transport cannot be connected: ${error.message}`));
      return {};
    },
    'media.restartIce': async ({ transportId }, caller) => {
      const me = self(caller);
      return { iceParameters: await me.meeting.media.transport(me.peer, transportId).restartIce() };
    },
    'media.produce': async ({ source, kind, rtpParameters, paused }, caller) => {
      const me = self(caller);
      const running = me.meeting;
      if (source === 'camera' && running.room.roomType === 1) fail('FORBIDDEN', 'This room is for sound only.');
      const isSharing = () => running.sharing === me.id && me.peer.producers.has('screen');
      if (source === 'screen') {
        if (running.sharing !== undefined && running.sharing !== me.id)
          fail('SHARE_IN_USE', 'Somebody else shares a screen.');
        me.peer.producers.get('screen')?.close();
        running.sharing = me.id;
      }
      const requireScreen = () =>
        isSharing() || fail('CONFLICT', 'The sound of a screen goes with a screen: share one.');
      if (source === 'screenAudio') requireScreen();
      if (source === 'mic' && paused) me.client.isMuted = true;
      const held = () => (isSound(source) && me.client.isMuted) || (source !== 'mic' && paused === true);
      try {
        const params = rtpParameters as types.RtpParameters;
        const producer = await running.media.produce(me.peer, source, { kind, rtpParameters: params, paused: held() });
        if (source === 'screenAudio' && !isSharing()) {
          producer.close();
          requireScreen();
        }
        // Muted while it was being set up: the mute wins.
        if (held() !== producer.paused) await (held() ? producer.pause() : producer.resume());
        if (source === 'screen') {
          producer.observer.once('close', () => {
            if (me.peer.producers.has('screen')) return;
            me.peer.producers.get('screenAudio')?.close();
            if (running.sharing === me.id) running.sharing = undefined;
          });
        }
        running.changed(me);
        return { producerId: producer.id };
      } catch (error) {
        if (source === 'screen' && running.sharing === me.id && !me.peer.producers.has('screen'))
          running.sharing = undefined;
        throw error;
      }
    },
    'media.setPaused': async ({ source, paused }, caller) => {
      const me = self(caller);
      const producer = me.peer.producers.get(source) ?? fail('NOT_FOUND', `No ${source} is being sent.`);
      await (paused || (isSound(source) && me.client.isMuted) ? producer.pause() : producer.resume());
      me.meeting.changed(me);
      return {};
    },
    'media.close': ({ source }, caller) => {
      const me = self(caller);
      me.peer.producers.get(source)?.close();
      if (source === 'screen' && me.meeting.sharing === me.id) me.meeting.sharing = undefined;
      me.meeting.changed(me);
      return {};
    },
    'media.setReceive': (preferences, caller) => {
      const me = self(caller);
      me.meeting.media.setPreferences(me.peer, preferences);
      return {};
    },
    'media.resumeConsumers': async ({ consumerIds }, caller) => {
      const me = self(caller);
      await me.meeting.media.resume(me.peer, consumerIds);
      return {};
    },
  });
};
