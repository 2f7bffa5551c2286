import { codecName, type Definition, implement, RTCPeerError, widgetMethods } from '@meetframe/contract';
import * as z from 'zod/mini';
import type { AppModel } from '../model/compose.ts';
import { check, type Overrides } from './dispatch.ts';
import { forPage } from './relay.ts';

type CheckCode = 1000 | 1001 | 1002 | 1003;

/** Codes of 3.37: there, not permitted, not found or not readable, other. */
export const checkCode = (error: RTCPeerError | undefined): CheckCode => {
  switch (error?.code) {
    case undefined:
      return 1000;
    case 'PERMISSION_DENIED':
      return 1001;
    case 'DEVICE_NOT_FOUND':
    case 'DEVICE_IN_USE':
    case 'UNSUPPORTED':
      return 1002;
    default:
      return 1003;
  }
};

/** The methods that the widget answers by itself. */
export const createHandlers = (app: AppModel) => {
  const { devices, meeting } = app;
  const videoCode = async (input?: { definition?: Definition | undefined }) => ({
    code: checkCode(await devices.probe('camera', input?.definition)),
  });
  const audioCode = async () => ({ code: checkCode(await devices.probe('microphone')) });

  /** Browsers hide device names until the user has allowed a device of the kind: ask for one, then list again. */
  const list = async (kinds: readonly ('camera' | 'microphone')[]) => {
    const first = await devices.refresh();
    const hidden = kinds.filter((kind) =>
      first.some((device) => device.kind === (kind === 'camera' ? 'videoinput' : 'audioinput') && device.label === ''),
    );
    if (hidden.length === 0) return first;
    await Promise.all(hidden.map((kind) => devices.probe(kind)));
    return devices.refresh();
  };

  return implement(widgetMethods)<undefined>({
    'meeting.publish': async (input) => {
      const { minFrameRate, maxFrameRate, device, useCamera, useMic } = input;
      if (minFrameRate !== undefined && maxFrameRate !== undefined && minFrameRate > maxFrameRate)
        throw new RTCPeerError('INVALID_ARGUMENT', 'meeting.publish: minFrameRate is above maxFrameRate.', {
          field: 'minFrameRate',
          expected: `at most maxFrameRate (${maxFrameRate})`,
        });
      if (!meeting.seat.isIn())
        throw new RTCPeerError('NOT_IN_MEETING', 'There is no meeting: call meeting.enter first.');
      const wantsCamera =
        !meeting.roster.isAudioOnly.peek() &&
        input.video &&
        input.useVideo !== false &&
        (device?.video?.code ?? 1000) === 1000;
      const wantsMicrophone = input.audio && (device?.audio?.code ?? 1000) === 1000;
      const definition = input.definition ?? meeting.roster.room.peek()?.definition;
      devices.constrainVideo({ definition, minFrameRate, maxFrameRate });
      await devices.choose({
        ...(useCamera && useCamera !== 'any' && wantsCamera && { camera: useCamera }),
        ...(useMic && useMic !== 'any' && wantsMicrophone && { microphone: useMic }),
      });
      const opened = await Promise.allSettled([devices.setMicrophone(wantsMicrophone), devices.setCamera(wantsCamera)]);
      const asked = [wantsMicrophone, wantsCamera];
      const refusals = opened.flatMap((each, index) =>
        asked[index] && each.status === 'rejected' ? [RTCPeerError.from(each.reason)] : [],
      );
      // Publishing works without a missing device. If all wanted devices are refused, the page gets the error.
      const refusal = refusals.find(({ code }) => code !== 'DEVICE_NOT_FOUND');
      if (refusal && refusals.length === asked.filter(Boolean).length) throw refusal;
      return meeting.publish({ localTag: input.localTag ?? input.domId, remoteTag: input.remoteTag });
    },
    'meeting.play': ({ client: { id }, domId }) => meeting.tiles.play(id, domId),
    'meeting.closePlay': async (input) => {
      const reference = 'client' in input ? input.client : 'object' in input ? input.object : input;
      const { client } = await meeting.tiles.closePlay((reference as { id: number }).id);
      return { ...client, client };
    },
    'meeting.updateVideo': ({ video }) => meeting.video(video),
    'meeting.getMediaDevices': () => list(['camera', 'microphone']),
    'meeting.getMediaVideoDevices': async () => (await list(['camera'])).filter(({ kind }) => kind === 'videoinput'),
    'meeting.checkDevice': async (input) => {
      const [video, audio] = await Promise.all([videoCode(input), audioCode()]);
      return { video, audio };
    },
    'meeting.checkVideo': async (input) => ({ video: await videoCode(input) }),
    'meeting.checkAudio': async () => ({ audio: await audioCode() }),
    'meeting.switchDevice': async ({ video, audio, speaker }) => {
      await devices.choose({
        ...(video && { camera: video.deviceId }),
        ...(audio && { microphone: audio.deviceId }),
        ...(speaker && { speaker: speaker.deviceId }),
      });
      return {};
    },
    'meeting.getBitrate': (input) => meeting.link.bitrate(input?.client?.id),
    'meeting.shareScreen': (input) => meeting.share.start(input),
    'meeting.stopShareScreen': async () => {
      await meeting.share.stop();
      return {};
    },
    'meeting.playShareScreen': ({ shareScreenId, domId }) => meeting.share.play(shareScreenId, domId),
    'meeting.hangupShareScreen': () => {
      meeting.share.hangUp();
      return {};
    },
    'meeting.startLocalRecord': async ({ fileName }) => {
      await (await meeting.recording.load()).local.start(fileName);
      return {};
    },
    'meeting.stopLocalRecord': async () => (await meeting.recording.load()).local.stop(),
    'meeting.pauseLocalRecord': async () => {
      (await meeting.recording.load()).local.pause();
      return {};
    },
    'meeting.resumeLocalRecord': async () => {
      (await meeting.recording.load()).local.resume();
      return {};
    },
    'meeting.startRecordScreen': async (input) => (await meeting.recording.load()).toPlatform.start(input?.fileName),
    'meeting.stopRecordScreen': async () => (await meeting.recording.load()).toPlatform.stop(),
    configure: (change) => {
      app.configure(change);
      return {};
    },
  });
};

const muteInput = z.object({ isMute: z.boolean() });
/** An id that came as a text, as from an address. */
const idOf = (value: unknown): unknown =>
  typeof value === 'string' && /^[1-9]\d{0,9}$/.test(value) ? Number(value) : value;
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value.trim() : undefined);

/**
 * What the widget itself does when a page calls a method of the server: about devices, the seat, and what the user
 * typed.
 */
export const createOverrides = (app: AppModel): Overrides => {
  const { meeting, identity, admissions } = app;
  return {
    login: (input) => identity.login(input as never),
    logout: ({ userId }) => identity.logout(userId as number | undefined),
    'meeting.enter': async ({ userId: _, ...input }) => {
      const given = text(input.username);
      const { data: codec } = codecName.safeParse(input.codec);
      const answer = await app.enter({
        ...(input as { roomId: number }),
        ...('roomId' in input && { roomId: idOf(input.roomId) as number }),
        ...(codec && { codec }),
        ...(given && { username: given }),
      });
      // Proposed in the lobby the next time.
      if (given) app.setUsername(given);
      return answer;
    },
    'meeting.exit': () => meeting.exit(),
    'meeting.updateMute': (input) =>
      meeting.mute(check<z.output<typeof muteInput>>(muteInput, input, 'meeting.updateMute').isMute),
    // The caller's own microphone is a device of this machine. The server mutes others, and tells all in either case.
    'meeting.muteMsg': async (input, relay) => {
      if (idOf(input.userId) === meeting.seat.selfId.peek())
        await meeting.mute(check<z.output<typeof muteInput>>(muteInput, input, 'meeting.muteMsg').isMute);
      return await relay();
    },
    getRoomByInviteCode: async (input) => forPage(await admissions.ask(input), meeting.roster.clientOf),
  };
};
