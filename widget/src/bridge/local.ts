import { codecName, type Handlers, RTCPeerError, widgetMethods } from '@meetframe/contract';
import * as z from 'zod/mini';
import type { AppModel } from '../model/compose.ts';
import { check, type Overrides } from './dispatch.ts';
import { forPage } from './relay.ts';

type All = Handlers<typeof widgetMethods, undefined>;

/** What most pages call, or what must answer within a click. */
const createOwnHandlers = (app: AppModel) => {
  const { devices, meeting } = app;
  return {
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
    'meeting.play': ({ client: { id }, domId }) => meeting.play(id, domId),
    'meeting.updateVideo': ({ video }) => meeting.video(video),
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
    configure: (change) => {
      app.configure(change);
      return {};
    },
    setTheme: (change) => {
      app.propose(change);
      return {};
    },
    setUi: (change) => {
      app.propose({ ui: change });
      return {};
    },
  } satisfies Partial<All>;
};
/** The other methods: their code is loaded by the first call. */
export type Rare = Omit<All, keyof ReturnType<typeof createOwnHandlers>>;

/** The methods that the widget answers by itself. */
export const createHandlers = (app: AppModel): All => {
  let made: Rare | undefined;
  const rare = (name: keyof Rare) => async (input: never) => {
    const { createRareHandlers } = await import('./onDemand.ts');
    made ??= createRareHandlers(app);
    return made[name](input, undefined);
  };
  const names = Object.keys(widgetMethods) as (keyof Rare)[];
  return { ...Object.fromEntries(names.map((name) => [name, rare(name)])), ...createOwnHandlers(app) } as never;
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
    doRegister: async ({ userId }, relay) => {
      const answer = await relay();
      app.calls.registered(userId);
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
