import type {
  Bitrate,
  ChatMessage,
  Client,
  Company,
  ErrorCode,
  Locale,
  MediaDevice,
  Participant,
  Room,
  RTCPeerError,
  Theme,
  User,
} from '@meetframe/contract';
import type { ReadonlySignal } from '@preact/signals';

/**
 * What the models offer to the view models and to the bridge. Only models write; everybody else reads signals and calls
 * these methods. Every method settles; a refusal is an `RTCPeerError`.
 */

export type Screen = 'idle' | 'lobby' | 'meeting' | 'left' | 'error';
export type Connection = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/** Why one's own part in a meeting ended. */
export type LeftReason = 'exit' | 'displaced' | 'kicked' | 'finished' | 'shutdown' | 'loggedOut';

/** Camera or microphone of this machine, as far as it is known. */
export type DeviceProblem = Extract<ErrorCode, 'PERMISSION_DENIED' | 'DEVICE_NOT_FOUND' | 'DEVICE_IN_USE' | 'INTERNAL'>;

export type DevicesModel = {
  devices: ReadonlySignal<MediaDevice[]>;
  cameraId: ReadonlySignal<string | undefined>;
  microphoneId: ReadonlySignal<string | undefined>;
  speakerId: ReadonlySignal<string | undefined>;
  /** What the person wants; the device may still be missing, see the problems. */
  cameraOn: ReadonlySignal<boolean>;
  microphoneOn: ReadonlySignal<boolean>;
  /** One's own picture, in the lobby and in the meeting; `undefined` while the camera is off or missing. */
  cameraStream: ReadonlySignal<MediaStream | undefined>;
  cameraProblem: ReadonlySignal<DeviceProblem | undefined>;
  microphoneProblem: ReadonlySignal<DeviceProblem | undefined>;
  /** True while a device is being opened (a permission prompt may be up). */
  opening: ReadonlySignal<boolean>;
  /** Level of one's own microphone, 0 to 1, about 10 times a second; 0 while off. */
  microphoneLevel: ReadonlySignal<number>;
  setCamera(on: boolean): Promise<void>;
  setMicrophone(on: boolean): Promise<void>;
  choose(choice: { camera?: string; microphone?: string; speaker?: string }): Promise<void>;
  refresh(): Promise<MediaDevice[]>;
};

/** A member as the stage and the list of people see them. */
export type Member = Participant & {
  isSelf: boolean;
  /** Picture of the camera, while received. */
  cameraStream: MediaStream | undefined;
  screenStream: MediaStream | undefined;
};

/** What the stage shows and how large: the server sends only that. */
export type Tile = { clientId: number; source: 'camera' | 'screen'; maxSide: number };

export type MeetingModel = {
  room: ReadonlySignal<Room | null>;
  self: ReadonlySignal<Participant | undefined>;
  /** Everybody, oneself first, then in order of arrival. */
  members: ReadonlySignal<Member[]>;
  chat: ReadonlySignal<ChatMessage[]>;
  /** `Client.id` of who holds the floor. */
  activeSpeaker: ReadonlySignal<number | null>;
  /** Volume 0 to 1 of everybody who is heard now. */
  volumes: ReadonlySignal<ReadonlyMap<number, number>>;
  startedAt: ReadonlySignal<number | null>;
  /** A moderator asks to un-mute. */
  unmuteRequested: ReadonlySignal<boolean>;
  poorNetwork: ReadonlySignal<{ upload: boolean; download: boolean }>;
  /** Tiles that a page made or named with `play` and `publish`: domId → client, and clients it closed. */
  named: ReadonlySignal<ReadonlyMap<string, number>>;
  closed: ReadonlySignal<ReadonlySet<number>>;
  enter(input: {
    roomId: number;
    username?: string;
    password?: string;
    maxNumber?: number;
  }): Promise<{ client: Client; members: Client[]; room: Room }>;
  exit(): Promise<{ result: number }>;
  publish(): Promise<{ client: Client }>;
  mute(isMute: boolean): Promise<Client>;
  muteMember(clientId: number, isMute: boolean): Promise<void>;
  dismissUnmuteRequest(): void;
  video(on: boolean): Promise<Client>;
  say(content: string): Promise<ChatMessage>;
  play(clientId: number, domId: string): Promise<{ client: Client }>;
  closePlay(clientId: number): Promise<{ client: Client }>;
  /** The stage tells what it shows; calls are merged before they go to the server. */
  show(tiles: Tile[], pinned: number | null): void;
  bitrate(clientId?: number): Promise<Bitrate>;
};

export type SessionModel = {
  connection: ReadonlySignal<Connection>;
  user: ReadonlySignal<User | null>;
  company: ReadonlySignal<Company | null>;
  clockOffset: ReadonlySignal<number>;
  login(input: { name: string; password: string }): Promise<{ result: number; user?: User; company?: Company }>;
  logout(): Promise<{ result: number }>;
};

/** Which screen there is and what it needs; the root of the models. */
export type AppModel = {
  screen: ReadonlySignal<Screen>;
  /** Room that the lobby is for. */
  lobbyRoom: ReadonlySignal<{ roomId: number; name: string | undefined; isHasPwd: boolean } | undefined>;
  username: ReadonlySignal<string>;
  entering: ReadonlySignal<boolean>;
  /** Last refusal that the person must see, in the lobby or over the stage; and the fatal one of the error screen. */
  problem: ReadonlySignal<RTCPeerError | undefined>;
  leftReason: ReadonlySignal<LeftReason | undefined>;
  locale: ReadonlySignal<Locale>;
  theme: ReadonlySignal<Theme>;
  /** False: remote pictures appear only by `play`. */
  autoPlay: ReadonlySignal<boolean>;
  session: SessionModel;
  devices: DevicesModel;
  meeting: MeetingModel;
  setUsername(name: string): void;
  /** Opens the lobby of a room (the platform's own page: somebody typed a number). */
  openLobby(roomId: number): Promise<void>;
  /** From the lobby into the meeting: enters and publishes. */
  join(input: { password?: string }): Promise<void>;
  /** From "you left" back to the lobby. */
  rejoin(): Promise<void>;
  dismissProblem(): void;
  configure(change: { locale?: Locale; theme?: Theme }): void;
  /** Leaves, stops devices, closes everything. */
  dispose(): Promise<void>;
};
