import { type Definition, implement, RTCPeerError, rtcpeer } from '@meetframe/contract';
import type { FullApp } from '../model/screens.ts';

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

/** Every method that a page can call. */
export const createHandlers = (app: FullApp) => {
  const { devices, meeting, session } = app;
  const videoCode = async (input?: { definition?: Definition | undefined }) => ({
    code: checkCode(await devices.probe('camera', input?.definition)),
  });
  const audioCode = async () => ({ code: checkCode(await devices.probe('microphone')) });

  /** Names are hidden until the person allowed a device of the kind: ask, then look again. */
  const list = async (kinds: readonly ('camera' | 'microphone')[]) => {
    const first = await devices.refresh();
    const hidden = kinds.filter((kind) =>
      first.some((device) => device.kind === (kind === 'camera' ? 'videoinput' : 'audioinput') && device.label === ''),
    );
    if (hidden.length === 0) return first;
    await Promise.all(hidden.map((kind) => devices.probe(kind)));
    return devices.refresh();
  };

  return implement(rtcpeer)<undefined>({
    login: (input) => session.login(input),
    logout: (input) => session.logout(input?.userId),
    'meeting.enter': async ({ userId: _, username, ...input }) => {
      const name = (username ?? app.username.peek()).trim();
      const answer = await meeting.enter({ ...input, ...(name && { username: name }) });
      // Proposed again when one comes back.
      if (username) app.setUsername(name);
      return answer;
    },
    'meeting.exit': () => meeting.exit(),
    'meeting.publish': async (input) => {
      const { minFrameRate, maxFrameRate, device, useCamera, useMic } = input;
      if (minFrameRate !== undefined && maxFrameRate !== undefined && minFrameRate > maxFrameRate)
        throw new RTCPeerError('INVALID_ARGUMENT', 'meeting.publish: minFrameRate is above maxFrameRate.', {
          field: 'minFrameRate',
          expected: `at most maxFrameRate (${maxFrameRate})`,
        });
      if (!meeting.self.peek())
        throw new RTCPeerError('NOT_IN_MEETING', 'There is no meeting: call meeting.enter first.');
      const wantsCamera =
        !meeting.isAudio.peek() && input.video && input.useVideo !== false && (device?.video?.code ?? 1000) === 1000;
      const wantsMicrophone = input.audio && (device?.audio?.code ?? 1000) === 1000;
      const definition = input.definition ?? meeting.room.peek()?.definition;
      devices.setWish({ definition, minFrameRate, maxFrameRate });
      await devices.choose({
        ...(useCamera && useCamera !== 'any' && wantsCamera && { camera: useCamera }),
        ...(useMic && useMic !== 'any' && wantsMicrophone && { microphone: useMic }),
      });
      const opened = await Promise.allSettled([devices.setMicrophone(wantsMicrophone), devices.setCamera(wantsCamera)]);
      const asked = [wantsMicrophone, wantsCamera];
      const refusals = opened.flatMap((each, index) =>
        asked[index] && each.status === 'rejected' ? [RTCPeerError.from(each.reason)] : [],
      );
      // A missing device is no obstacle: one takes part without it. Refused on everything, the page must know.
      const refusal = refusals.find(({ code }) => code !== 'DEVICE_NOT_FOUND');
      if (refusal && refusals.length === asked.filter(Boolean).length) throw refusal;
      return meeting.publish({ localTag: input.localTag ?? input.domId, remoteTag: input.remoteTag });
    },
    'meeting.play': ({ client: { id }, domId }) => meeting.play(id, domId),
    'meeting.closePlay': (input) => {
      const reference = 'client' in input ? input.client : 'object' in input ? input.object : input;
      return meeting.closePlay((reference as { id: number }).id);
    },
    'meeting.updateVideo': ({ video }) => meeting.video(video),
    'meeting.updateMute': ({ isMute }) => meeting.mute(isMute),
    'meeting.muteMsg': async (input) => {
      await meeting.muteSelfOrOther({
        userId: input.userId,
        isMute: input.isMute,
        ...(input.super !== undefined && { super: input.super }),
      });
      return {};
    },
    'meeting.chat': ({ content }) => meeting.say(content),
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
    'meeting.getBitrate': (input) => meeting.bitrate(input?.client?.id),
    configure: (change) => {
      app.configure(change);
      return {};
    },
  });
};
