import type { WireMethodName, WireMethods } from '@meetframe/contract/api';
import { protocol } from '@meetframe/contract/version';
import { type Json, opus, type TestClient, vp8 } from './harness.ts';
import type { Scene } from './scenes.ts';
import type { World } from './world.ts';

/** A scene with the caller's connection, which is in the scene's public room, and the answer of `meeting.enter`. */
export type Stage = Scene & { world: World; sign: string | undefined; inside: TestClient; other: Json };

export type Attempt = {
  /** A valid input. */
  input(stage: Stage): Json | Promise<Json>;
  /** Whether an answer without an error contains what was asked for. */
  granted?(answer: Json, stage: Stage): boolean;
  /** The owner of the account: another user unless given. */
  target?: 'administrator';
  /** The call removes the other participant, so each caller needs a new one. */
  removesOther?: boolean;
  /**
   * The error with which permitted callers are told that what the call names does not exist. Others are refused with another one
   * before that is looked up.
   */
  reaches?: 'NOT_FOUND' | 'UNSUPPORTED';
  /** The call ends the session with which it is made. */
  endsSession?: boolean;
};

type Cases<P> = P extends { cases: infer C } ? keyof C : never;
export type Attempts = { [R in WireMethodName]: { [C in 'usual' | Cases<WireMethods[R]['may']>]: Attempt } };

const usual = (input: Attempt['input'], more: Omit<Attempt, 'input'> = {}): { usual: Attempt } => ({
  usual: { input, ...more },
});
const nothing = () => ({});
const ownId = async (inside: TestClient): Promise<number> => (await inside.call('meeting.snapshot')).client.id;
const page = { pageNo: 0, pageSize: 200 };
const dtlsParameters = { fingerprints: [{ algorithm: 'sha-256', value: Array(32).fill('AB').join(':') }] };

const inRoom = (more: Json = {}) => ({
  usual: { input: ({ roomId }: Stage) => ({ roomId, ...more }) },
  'a public room': { input: ({ publicRoomId }: Stage) => ({ roomId: publicRoomId, ...more }) },
});
const room = { name: 'Made', numberLimit: 5, isPublic: false };
const openMedia = async ({ inside }: Stage): Promise<Json> =>
  await inside.call('media.open', { rtpCapabilities: inside.hello.rtpCapabilities });
const sendTransport = async (stage: Stage) => ({ transportId: (await openMedia(stage)).send.id });
const ofOther = ({ other }: Stage) => ({ transportId: other.media.send.id });
const produceMic = async (stage: Stage): Promise<Json> => {
  await openMedia(stage);
  return { source: 'mic', kind: 'audio', rtpParameters: opus(1) };
};
const produceScreen = async (stage: Stage): Promise<Json> => {
  await openMedia(stage);
  return { source: 'screen', kind: 'video', rtpParameters: vp8('screen'), takeOver: true };
};
const docking = ({ world }: Stage) => ({ account: 'a partner’s user', sign: world.sign });
const found = (list: string, id: number) => (answer: Json) => answer[list].some((each: Json) => each.id === id);

const ofCall = ({ target }: Stage) => ({ targetUserId: target.id });
/** `calls.contract.ts` proves what the users of a call may do. */
const noCall = { reaches: 'NOT_FOUND' } as const;

/** One input for each decision: a row or a case without one does not compile. */
export const attempts: Attempts = {
  'session.hello': usual(() => ({ protocol })),
  'session.ping': usual(nothing),
  'session.renewSign': usual(({ world, sign }) => ({ sign: sign ?? world.sign })),
  'account.login': usual(({ world, target }) => ({ name: target.account, password: world.password }), {
    granted: ({ result }) => result === 0,
  }),
  'account.logout': usual(nothing, { endsSession: true }),
  'account.dockingLogin': usual(docking, { granted: ({ result }) => result === 0 }),
  'account.dotokenLogin': usual(docking, { granted: ({ result }) => result === 0 }),
  'account.modifyPassword': usual(({ world, target }) => ({
    userId: target.id,
    oldpassword: world.password,
    password: 'another one',
  })),
  'account.resetPassword': {
    ...usual(({ target }) => ({ userId: target.id, password: 'another one' })),
    'of an administrator of the platform': {
      input: ({ administrator }) => ({ userId: administrator.id, password: 'another one' }),
    },
  },
  'room.getRoomById': inRoom(),
  'room.createRoom': usual(() => room),
  'room.updateRoom': usual(({ roomId }) => ({ roomId, name: 'Renamed' })),
  'room.deleteRoom': usual(({ roomId }) => ({ roomId })),
  'room.newTempRoom': usual(() => room),
  'room.newAppRoom': usual(() => room),
  'room.modifyRoomPwd': usual(({ roomId }) => ({ roomId, password: 'secret' })),
  'room.checkRoomPwd': inRoom({ password: '' }),
  'room.checkRoomHasPwd': inRoom(),
  'room.addRoomMan': usual(({ roomId, world }) => ({ roomId, userId: world.people.user.id })),
  'room.deleteRoomMen': usual(({ roomId, world }) => ({ roomId, moderatorId: world.people.member.id })),
  'room.queryRoomMen': inRoom(),
  'room.queryMyRooms': {
    ...usual(nothing),
    'finds a private room': {
      input: () => page,
      granted: (answer, { roomId }) => found('rooms', roomId)(answer),
    },
  },
  'room.checkActiveRoom': inRoom(),
  'appointment.createAppointment': {
    ...usual(nothing),
    'with `roomId`': { input: ({ roomId }) => ({ roomId }) },
  },
  'appointment.queryAppointmentById': usual(({ meetingId }) => ({ meetingId })),
  'appointment.updateAppointment': usual(({ meetingId }) => ({ meetingId, name: 'Renamed' })),
  'appointment.deleteAppointment': usual(({ meetingId }) => ({ meetingId })),
  'appointment.queryAppointments': {
    ...usual(nothing),
    'finds an appointment': {
      input: ({ startTime }) => ({ startTime, endTime: startTime + 1 }),
      granted: (answer, { meetingId }) => found('meetings', meetingId)(answer),
    },
  },
  'appointment.getRoomByInviteCode': {
    ...usual(({ meetingId, inviteCode }) => ({ code: meetingId, inviteCode }), {
      granted: ({ result }) => result === 0,
    }),
    'by id': { input: ({ meetingId }) => ({ code: meetingId }), granted: ({ result }) => result === 0 },
    'by id, a public one': {
      input: ({ publicMeetingId }) => ({ code: publicMeetingId }),
      granted: ({ result }) => result === 0,
    },
  },
  'appointment.getCalendarFile': usual(({ inviteCode }) => ({ inviteCode }), {
    granted: ({ content }) => content !== undefined,
  }),
  'appointment.getMailState': usual(nothing),
  'appointment.queryAppointmentsByRoomId': {
    ...inRoom(page),
    'finds a private appointment in a public room': {
      input: ({ publicRoomId }) => ({ roomId: publicRoomId, ...page }),
      granted: (answer, { hiddenMeetingId }) => found('resultList', hiddenMeetingId)(answer),
    },
  },
  'appointment.instantAppointment': usual(() => ({ name: 'Now' })),
  'meeting.new': {
    ...usual(() => ({ name: 'New' })),
    'with `roomId`': { input: ({ roomId }) => ({ name: 'New', roomId }) },
  },
  'user.searchUserByOrgId': usual(({ world }) => ({ orgId: world.orgId, ...page })),
  'user.addUser': {
    ...usual(({ world }) => ({
      orgId: world.orgId,
      account: crypto.randomUUID(),
      password: 'a long one',
      level: 4,
      name: 'Added',
    })),
    'of level 1': {
      input: ({ world }) => ({
        orgId: world.orgId,
        account: crypto.randomUUID(),
        password: 'a long one',
        level: 1,
        name: 'Added',
      }),
    },
  },
  'user.modifyUser': {
    ...usual(({ target }) => ({ userId: target.id, name: 'Renamed' })),
    'the level': { input: ({ target }) => ({ userId: target.id, level: 5 }) },
    'of an administrator of the platform': {
      input: ({ administrator }) => ({ userId: administrator.id, name: 'Renamed' }),
      target: 'administrator',
    },
  },
  'user.deleteUser': {
    ...usual(({ world, target }) => ({ orgId: world.orgId, userId: target.id })),
    'an administrator of the platform': {
      input: ({ world, administrator }) => ({ orgId: world.orgId, userId: administrator.id }),
    },
  },
  'record.getRecordByRange': {
    ...usual(({ world }) => ({ orgId: world.orgId, ...page })),
    'finds a recording': {
      input: ({ world }) => ({ orgId: world.orgId, ...page }),
      granted: (answer, { recordId }) => found('recordList', recordId)(answer),
    },
  },
  'record.deleteRecords': usual(({ recordId }) => ({ recordIds: [recordId] }), {
    granted: ({ result }) => result === 0,
  }),
  // The recording of the stage is no real file: what is made of it fails afterwards.
  'record.makeRecordFile': usual(({ recordId }) => ({ recordId, format: 'm4a' })),
  'record.queryTranscripts': {
    ...usual(({ world }) => ({ orgId: world.orgId, ...page })),
    'finds a transcript': {
      input: ({ world }) => ({ orgId: world.orgId, ...page }),
      granted: ({ transcripts }, { sessid }) => transcripts.some((each: Json) => each.sessid === sessid),
    },
  },
  'record.readTranscript': usual(({ sessid }) => ({ sessid })),
  'record.downloadTranscript': usual(({ recordId }) => ({ recordId, format: 'vtt' })),
  'record.deleteTranscripts': usual(({ sessid }) => ({ sessids: [sessid] }), {
    granted: ({ result }) => result === 0,
  }),
  'media.getMediaState': usual(nothing),
  'call.doInvite': usual(ofCall),
  'call.doAgree': usual(ofCall, noCall),
  'call.reject': usual(ofCall, noCall),
  'call.cancel': usual(ofCall, noCall),
  'call.ring': usual(ofCall, noCall),
  'call.busy': usual(ofCall, noCall),
  'call.connected': usual((stage) => ({ ...ofCall(stage), roomId: stage.roomId }), noCall),
  'call.doEvent': usual((stage) => ({ ...ofCall(stage), event: 'onWave' }), noCall),
  'call.doRegister': usual(nothing),
  'call.queryCalls': usual(() => page),
  'call.markSeen': usual(nothing),
  'call.querySettings': usual(nothing),
  'call.updateSettings': usual(() => ({ callWaiting: 'knock' })),
  'call.block': usual(({ target }) => ({ userId: target.id, blocked: false })),
  'call.queryBlocked': usual(nothing),
  'presence.watch': usual(({ target }) => ({ userIds: [target.id] })),
  'meeting.enter': inRoom({ username: 'Participant' }),
  'meeting.exit': usual(nothing),
  'meeting.snapshot': usual(nothing),
  'meeting.updateMute': usual(() => ({ isMute: true })),
  'meeting.muteMsg': {
    ...usual(async ({ inside }) => ({ userId: await ownId(inside), isMute: true })),
    'another participant': { input: ({ other }) => ({ userId: other.client.id, isMute: true }) },
  },
  'meeting.muteAll': usual(() => ({ isMute: true })),
  'meeting.kickOut': usual(({ other }) => ({ userId: other.client.id }), { removesOther: true }),
  'meeting.finish': usual(nothing),
  'meeting.raiseHand': usual(nothing),
  'meeting.startRecord': usual(async ({ inside }) => {
    // Far away, so that nothing is captured; and a meeting has one recording at a time.
    const later = { startTime: Date.now() + 3600_000 };
    const { recordId, error } = await inside.ask('meeting.startRecord', later);
    const known = recordId ?? error?.details?.recordId;
    if (known) await inside.ask('meeting.stopRecord', { recordId: known });
    return later;
  }),
  'meeting.stopRecord': usual(() => ({ recordId: 2 ** 31 - 1 }), { reaches: 'NOT_FOUND' }),
  'meeting.setCompere': {
    ...usual(async ({ inside }) => ({ userId: await ownId(inside) })),
    'while another moderates': {
      async input({ inside, other }) {
        // Works where the caller moderates; where not, another does already.
        await inside.ask('meeting.setCompere', { userId: other.client.id });
        return { userId: await ownId(inside) };
      },
    },
  },
  'meeting.updateMeetingName': usual(() => ({ appointmentName: 'Renamed' })),
  'meeting.updateClientName': {
    ...usual(async ({ inside }) => ({ userId: await ownId(inside), name: 'Renamed' })),
    'another participant': { input: ({ other }) => ({ userId: other.client.id, name: 'Renamed' }) },
  },
  'meeting.lowerHand': {
    ...usual(async ({ inside }) => ({ userId: await ownId(inside) })),
    'another participant': { input: ({ other }) => ({ userId: other.client.id }) },
  },
  // Locking would keep the next caller out.
  'meeting.lock': usual(() => ({ isLocked: false })),
  // Nobody may have to wait who comes after, and nobody waits in the scene.
  'meeting.setWaitingRoom': usual(() => ({ isOn: false })),
  'meeting.getWaitingRoom': usual(nothing),
  'meeting.admit': usual(nothing),
  'meeting.decline': usual(() => ({ waitingId: 2 ** 31 - 1 }), { reaches: 'NOT_FOUND' }),
  'meeting.privateChat': usual(({ other }) => ({ otherUserId: other.client.id, content: 'Hello' })),
  'meeting.react': usual(() => ({ reaction: '👍' })),
  'meeting.getInvitation': usual(nothing),
  'meeting.getOccupancy': inRoom(),
  'meeting.chat': usual(() => ({ content: 'Hello' })),
  'meeting.beginFile': usual(() => ({ name: 'a.txt', size: 1 })),
  'meeting.finishFile': usual(() => ({ fileId: 2 ** 31 - 1 }), { reaches: 'NOT_FOUND' }),
  'meeting.linkFile': usual(() => ({ fileId: 2 ** 31 - 1 }), { reaches: 'NOT_FOUND' }),
  'meeting.beginScreenRecord': usual(nothing),
  // Refused callers are told so before they learn that there is no speech engine.
  'meeting.transcribe': usual(() => ({ action: 'start' }), { reaches: 'UNSUPPORTED' }),
  'meeting.isTranscribe': usual(nothing),
  'meeting.getTranscript': usual(nothing),
  'meeting.translateTranscript': usual(() => ({ lang: null }), { reaches: 'UNSUPPORTED' }),
  'meeting.exportTranscript': usual(() => ({ format: 'txt' })),
  'media.probe': usual(nothing),
  'media.open': usual(({ inside }) => ({ rtpCapabilities: inside.hello.rtpCapabilities })),
  'media.connect': {
    ...usual(async (stage) => ({ ...(await sendTransport(stage)), dtlsParameters })),
    'another’s': { input: (stage) => ({ ...ofOther(stage), dtlsParameters }) },
  },
  'media.restartIce': {
    ...usual(sendTransport),
    'another’s': { input: ofOther },
  },
  'media.produce': { ...usual(produceMic), 'takes over': { input: produceScreen } },
  'media.setPaused': usual(async (stage) => {
    await stage.inside.call('media.produce', await produceMic(stage));
    return { source: 'mic', paused: true };
  }),
  'media.close': usual(() => ({ source: 'camera' })),
  'media.setReceive': usual(() => ({ tiles: [] })),
  'media.resumeConsumers': usual(() => ({ consumerIds: [] })),
};
