/**
 * Checked by `tsc`: what a page may write, and what it may not. Never run. `tools/sdk/package.test.ts` checks the same
 * against the published package.
 */
import type {
  Appointment,
  Client,
  ErrorCode,
  EventPayload,
  MediaDevice,
  MeetingMethods,
  MethodName,
  PlatformMethods,
  RTCPeer,
  RTCPeerConstructor,
  User,
} from './index.ts';

declare const rtcPeer: RTCPeer;
declare const Constructor: RTCPeerConstructor;
declare const client: Client;
declare const room: { definition: '720p' };

export const accepted = async (): Promise<void> => {
  (await rtcPeer.login({ name: 'a', password: 'b' })).user satisfies User | undefined;
  (await rtcPeer.meeting.enter({ roomId: 1012 })).client satisfies Client;
  (
    await rtcPeer.meeting.publish({ audio: true, video: false, callback: ({ client }) => client satisfies Client })
  ).getBitrate() satisfies Promise<{
    audio: { kbps: number };
  }>;
  await rtcPeer.meeting.updateMute(true);
  await rtcPeer.meeting.updateMute({ isMute: true });
  await rtcPeer.meeting.exit();
  await rtcPeer.meeting.updateAudioMode(true);
  rtcPeer.meeting.getMeetingTimeLength() satisfies number;
  rtcPeer.getCurrentUser() satisfies User | null;
  rtcPeer.off('onPublished').on('onPublished', (data) => data.event satisfies 'play' | 'close' | 'audioMode');
  rtcPeer.on('EnterRoom', (data) => data.client satisfies Client).on('*', (name) => name satisfies string)();
  rtcPeer.on('stateChanged', (state) => state.members satisfies Client[]);
  ({}) as EventPayload<'onChat'> satisfies { content: string };
  'meeting.stopPlay' satisfies MethodName;
  'upadteRoom' satisfies MethodName;
};

export const dates = async (): Promise<void> => {
  await rtcPeer.createAppointment({ name: 'x', type: 2, startTime: new Date(), endTime: '20270101000000' });
  const { meeting } = await rtcPeer.queryAppointmentById({ meetingId: 1 });
  meeting satisfies Appointment;
  meeting.startTime.getTime() satisfies number;
  meeting.actuallyStartTime satisfies Date | null;
};

/** Old names of chapter 2 take and give what the new ones do. */
export const oldNames = async (): Promise<void> => {
  (await rtcPeer.upadteRoom({ roomId: 1, name: 'x' })).roomId satisfies number | null;
  (await rtcPeer.queryRoomsUniq()).rooms satisfies unknown[];
  (await rtcPeer.getMediaState())[0]?.mediaName satisfies string | undefined;
  await rtcPeer.modifyPasswrod({ userId: 1, oldpassword: 'a', password: 'b' });
  await rtcPeer.resetPasswrod({ userId: 1, password: 'b', callback: ({ result }) => result satisfies number });
};

/** Ids from addresses are texts. */
export const ids = async (): Promise<void> => {
  await rtcPeer.meeting.enter({ roomId: '1012' });
  await rtcPeer.getRoomById({ roomId: '1012' });
};

/** Methods of which nothing is required take nothing at all. */
export const nothing = async (): Promise<void> => {
  (await rtcPeer.getMediaState()).object satisfies unknown[];
  (await rtcPeer.queryMyRooms()).rooms satisfies unknown[];
  (await rtcPeer.queryAppointments()).meetings satisfies Appointment[];
  (await rtcPeer.createAppointment()).meetingId satisfies number;
  (await rtcPeer.logout()).result satisfies number;
  await rtcPeer.meeting.exit();
  await rtcPeer.meeting.checkDevice();
  await rtcPeer.meeting.getMediaDevices();
  await rtcPeer.meeting.getBitrate();
};

/** A call that failed resolves with the `result` of its section, and says why. */
export const failures = async (): Promise<void> => {
  const { result, roomId, code, message } = await rtcPeer.createRoom({ name: 'x', numberLimit: 2, isPublic: false });
  result satisfies number;
  roomId satisfies number | null;
  code satisfies ErrorCode | undefined;
  message satisfies string | undefined;
};

/** 5.12 in a page. */
export const newMeeting = async (): Promise<void> => {
  const { id, roomId } = await rtcPeer.newMeeting({ name: 'x', startTime: '20270101000000', hour: '1', pin: 4711 });
  [id, roomId] satisfies (number | null)[];
};

/** Every way in which the specification passes a `callback`; what it is given is inferred. */
export const callbacks = (): void => {
  void rtcPeer.meeting.publish({ audio: true, video: true, callback: ({ client }) => client.id satisfies number });
  void rtcPeer.meeting.play({ client, domId: 'a', callback: (option) => option.getBitrate() });
  void rtcPeer.meeting.closePlay({ client, callback: ({ client }) => client.id satisfies number });
  void rtcPeer.meeting.stopPlay({ client, callback: () => {} });
  void rtcPeer.meeting.updateVideo({ video: true, client, callback: (own) => own.id satisfies number });
  void rtcPeer.meeting.updateVideoMode({ video: false, client, callback: (own) => own.id satisfies number });
  void rtcPeer.meeting.exit({ callback: ({ result }) => result satisfies number });
  void rtcPeer.meeting.exit(({ result }) => result satisfies number);
  void rtcPeer.meeting.getMediaDevices({ callback: (devices) => devices satisfies MediaDevice[] });
  void rtcPeer.meeting.getMediaDevices((devices) => devices satisfies MediaDevice[]);
  void rtcPeer.meeting.getMediaVideoDevices({ callback: (devices) => devices satisfies MediaDevice[] });
  void rtcPeer.meeting.checkDevice({
    definition: room.definition,
    callback: (data) => [data.video.code, data.audio.code] satisfies number[],
  });
  void rtcPeer.meeting.checkVideo({ definition: room.definition, callback: (data) => data.video.code });
  void rtcPeer.meeting.checkAudio({ callback: (data) => data.audio.code satisfies number });
  void rtcPeer.meeting.switchDevice({ video: { deviceId: 'a' }, callback: () => {} });
  void rtcPeer.configure({ theme: 'dark', callback: undefined });
};

type Methods = PlatformMethods & MeetingMethods;
type ObjectOf<I> = I extends (...given: never[]) => unknown ? never : I extends object ? I : never;
type RefusesCallback<I> = I extends unknown ? ('callback' extends keyof I ? never : I) : never;
type Refusing = {
  [N in keyof Methods]: RefusesCallback<ObjectOf<Parameters<Methods[N]>[0]>> extends never ? never : N;
}[keyof Methods];
/** Not one method refuses a `callback` in its object. */
export type NoneRefuses = [Refusing] extends [never] ? true : { refuse: Refusing };
export const noneRefuses: NoneRefuses = true;

export const refused = (): void => {
  // @ts-expect-error no such method
  void rtcPeer.meeting.fly();
  // @ts-expect-error roomId is missing
  void rtcPeer.meeting.enter({});
  // @ts-expect-error no date
  void rtcPeer.meeting.enter({ roomId: new Date() });
  // @ts-expect-error no such field
  void rtcPeer.meeting.exit({ roomId: 1012 });
  // @ts-expect-error no number is a callback
  void rtcPeer.meeting.checkAudio({ callback: 7 });
  // @ts-expect-error login takes no plain value
  void rtcPeer.login(true);
  // @ts-expect-error an inverted alias takes one boolean only
  void rtcPeer.meeting.updateAudioMode({ isMute: true });
  // @ts-expect-error the mirror is read-only
  rtcPeer.state = undefined as never;
  // @ts-expect-error host is missing
  new Constructor({});
  // @ts-expect-error no such option
  new Constructor({ host: 'https://meet.example.com/app', colour: 'red' });
};
