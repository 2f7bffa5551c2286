import { implement } from '@meetframe/contract/define';
import { type MediaSession, meeting } from '@meetframe/contract/meeting';
import { platform } from '@meetframe/contract/platform';
import type { types } from 'mediasoup';
import type { Accounts } from '../account/account.ts';
import type { Config } from '../config.ts';
import { fail } from '../errors.ts';
import { limit } from '../limits.ts';
import { relayCredentials } from '../media/relay.ts';
import type { Meetings } from '../meeting/meetings.ts';
import type { Participant } from '../meeting/participant.ts';
import { type Rooms, roomBean } from '../rooms/rooms.ts';
import type { Caller } from './caller.ts';
import type { Session } from './session.ts';

type Services = {
  config: Config;
  accounts: Accounts;
  rooms: Rooms;
  meetings: Meetings;
  sessionsOf(SID: string): Session[];
};

const self = (caller: Caller): Participant => caller.participant ?? fail('NOT_IN_MEETING', 'Enter a meeting first.');
const live = (caller: Caller): Session => caller.session ?? fail('UNSUPPORTED', 'This works over the socket only.');

/** The rows of the contract, bound to the services. */
export const makeHandlers = ({ config, accounts, rooms, meetings, sessionsOf }: Services): Record<string, unknown> => {
  const making = limit(60, 60);

  const dockingLogin = async (input: Parameters<Accounts['dockingLogin']>[0], caller: Caller) => {
    const { row, ...answer } = await accounts.dockingLogin(input, caller.ip);
    if (caller.session && row && 'SID' in answer) Object.assign(caller.session, { user: row, SID: answer.SID });
    return answer;
  };

  const openMedia = async (
    participant: Participant,
    session: Session,
    capabilities: unknown,
  ): Promise<MediaSession> => {
    const { media } = participant.meeting;
    const opened = await media.open(participant.peer, capabilities as types.RtpCapabilities, session.tcp);
    participant.client.peerId = opened.peerId;
    const relay =
      session.relayServer && config.TURN_SECRET
        ? [relayCredentials(session.relayServer, config.TURN_SECRET, String(participant.id))]
        : [];
    return { ...opened, iceServers: relay, iceTransportPolicy: session.relayOnly ? 'relay' : 'all' };
  };

  const forPlatform = implement(platform)<Caller>({
    'session.hello': () => fail('CONFLICT', 'session.hello opens a socket and comes first, once.'),
    'session.ping': () => ({ serverTime: Date.now() }),
    'session.renewSign': async ({ sign }, caller) => {
      const app = await accounts.appOfSign(sign);
      const session = live(caller);
      if (session.app.id !== app.id) fail('UNAUTHENTICATED', 'The sign belongs to another app.');
      session.app = app;
      return {};
    },
    'account.login': async ({ name, password }, caller) => {
      const found = await accounts.login(name, password, caller.app ?? fail('UNAUTHENTICATED', 'No app.'), caller.ip);
      if (found.result !== 0) return { result: found.result };
      const { row, user, company, SID } = found;
      if (caller.session) Object.assign(caller.session, { user: row, SID });
      return { result: 0, user, company: company ?? undefined, SID };
    },
    'account.logout': async (_, caller) => {
      if (caller.participant) meetings.leave(caller.participant);
      if (caller.SID) {
        await accounts.logout(caller.SID);
        for (const session of sessionsOf(caller.SID)) {
          if (session.participant) meetings.leave(session.participant, 'loggedOut');
          Object.assign(session, { user: undefined, SID: undefined });
        }
      }
      return { result: 0 };
    },
    'account.dockingLogin': dockingLogin,
    'account.dotokenLogin': dockingLogin,
    'room.getRoomById': async ({ roomId }, caller) => {
      const row = await rooms.find(roomId, caller);
      return { room: roomBean(row, meetings.get(roomId)?.moderatorId ?? null) };
    },
    'room.newTempRoom': async (input, caller) => {
      const { app, user } = caller;
      await making.take(`${app?.id} ${caller.ip}`);
      const companyId = app?.companyId ?? null;
      if (input.orgId !== undefined && input.orgId !== companyId)
        fail('FORBIDDEN', 'orgId is another company than that of the sign.');
      if (input.userId !== undefined && input.userId !== user?.id)
        fail('FORBIDDEN', 'userId is not the one who is logged in.');
      const roomId = await rooms.create({
        name: input.name,
        ownerId: user?.id ?? null,
        companyId,
        roomType: input.roomType ?? input.roomtype ?? 2,
        definition: input.definition ?? '720p',
        numberLimit: input.numberLimit,
        isPublic: input.isPublic,
        logo: input.pictureuri ?? null,
        comment: input.desc ?? null,
      });
      return { result: 0, roomId };
    },
    'room.modifyRoomPwd': async ({ roomId, password }, caller) => {
      await rooms.setPassword(roomId, password, caller);
      meetings.get(roomId)?.update(await rooms.find(roomId, caller));
      return { result: 0 };
    },
    'room.checkRoomPwd': async ({ roomId, password }, caller) => {
      const row = await rooms.find(roomId, caller);
      return { result: (await rooms.checkPassword(row, password, caller)) ? 1 : 0 };
    },
    'room.checkRoomHasPwd': async ({ roomId }, caller) => ({
      isHasPwd: (await rooms.find(roomId, caller)).password !== null,
    }),
  });

  const forMeeting = implement(meeting)<Caller>({
    'meeting.enter': async (input, caller) => {
      const session = live(caller);
      const { participant, prepared } = await meetings.enter(input, session, async (one) =>
        input.rtpCapabilities ? await openMedia(one, session, input.rtpCapabilities) : null,
      );
      const snapshot = participant.meeting.snapshot(participant);
      const others = snapshot.participants.filter(({ client }) => client.id !== snapshot.selfId);
      const members = others.map(({ client }) => client);
      return { client: participant.bean().client, members, room: snapshot.room, snapshot, media: prepared };
    },
    'meeting.exit': (_, caller) => {
      if (!caller.participant) return { result: 1 };
      meetings.leave(caller.participant);
      return { result: 0 };
    },
    'meeting.snapshot': (_, caller) => self(caller).meeting.snapshot(self(caller)),
    'meeting.updateMute': async ({ isMute }, caller) => {
      await meetings.setMuted(self(caller), isMute);
      return { isMuted: isMute };
    },
    'meeting.muteMsg': async ({ userId, isMute, super: role }, caller) => {
      const me = self(caller);
      const target =
        me.meeting.participants.get(userId) ?? fail('NOT_FOUND', `Nobody in this meeting has the id ${userId}.`);
      if (target === me) {
        await meetings.setMuted(me, isMute);
        return {};
      }
      if (!me.isModerator) fail('FORBIDDEN', 'Only the moderator may mute others.');
      if (isMute) await meetings.setMuted(target, true);
      target.emit('meeting.onMute', { userId, roomId: me.room.id, isMute, super: role, fromSuper: true });
      return {};
    },
    'meeting.chat': async ({ content }, caller) => ({ message: await meetings.chat(self(caller), content) }),
    'media.open': async ({ rtpCapabilities }, caller) => {
      const me = self(caller);
      if (me.meeting.sharing === me.id) me.meeting.sharing = undefined;
      const opened = await openMedia(me, live(caller), rtpCapabilities);
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
      if (source === 'screen') {
        if (running.sharing !== undefined && running.sharing !== me.id)
          fail('SHARE_IN_USE', 'Somebody else shares a screen.');
        running.sharing = me.id;
      }
      if (source === 'mic' && paused) me.client.isMuted = true;
      const held = source === 'mic' ? me.client.isMuted : (paused ?? false);
      try {
        const producer = await running.media.produce(me.peer, source, kind, rtpParameters as types.RtpParameters, held);
        // Muted while the microphone was being set up: the mute wins.
        if (source === 'mic' && me.client.isMuted !== producer.paused)
          await (me.client.isMuted ? producer.pause() : producer.resume());
        if (source === 'screen') {
          producer.observer.once('close', () => {
            if (running.sharing === me.id && !me.peer.producers.has('screen')) running.sharing = undefined;
          });
        }
        running.changed(me);
        return { producerId: producer.id };
      } catch (error) {
        if (source === 'screen' && !me.peer.producers.has('screen')) running.sharing = undefined;
        throw error;
      }
    },
    'media.setPaused': async ({ source, paused }, caller) => {
      const me = self(caller);
      const producer = me.peer.producers.get(source) ?? fail('NOT_FOUND', `No ${source} is being sent.`);
      await (paused || (source === 'mic' && me.client.isMuted) ? producer.pause() : producer.resume());
      me.meeting.media.changed();
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
    'media.setReceive': (wish, caller) => {
      const me = self(caller);
      me.meeting.media.setWish(me.peer, wish);
      return {};
    },
    'media.resumeConsumers': async ({ consumerIds }, caller) => {
      const me = self(caller);
      await me.meeting.media.resume(me.peer, consumerIds);
      return {};
    },
  });

  return { ...forPlatform, ...forMeeting };
};
