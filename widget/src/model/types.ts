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
  RoomType,
  RTCPeerError,
  Theme,
  User,
  UserLevel,
} from '@meetframe/contract';
import type { ReadonlySignal } from '@preact/signals';
import type { Target } from './address.ts';

/**
 * What the models offer to the view models and to the bridge. Only models write; everybody else reads signals and calls
 * these methods. Every method settles; a refusal is an `RTCPeerError`.
 */

export type Screen = 'idle' | 'opening' | 'closed' | 'lobby' | 'meeting' | 'left' | 'error';
export type Connection = 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';

/** Why one's own part in a meeting ended. */
export type LeftReason = 'exit' | 'displaced' | 'kicked' | 'finished' | 'shutdown' | 'loggedOut';

/** A session id that somebody comes with (chapter 7), and whose it should be: the platform's id of the user, or the account. */
export type SignOn = { SID: string; uid: string | undefined };

/**
 * Why the room that is wanted cannot be entered now. `early`: with a start the page waits for it, times in milliseconds
 * since 1970. `over`: also cancelled. `unknown`: also a private room to those who do not belong to it, whom the platform
 * tells no more.
 */
export type Closed = {
  reason: 'early' | 'over' | 'unknown';
  name?: string | undefined;
  startTime?: number | undefined;
  endTime?: number | undefined;
};

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
  /** Every `Client.id` that one has had in this meeting: a connection lost for too long brings a new one. */
  ownIds: ReadonlySignal<ReadonlySet<number>>;
  /** Everybody, oneself first, then in order of arrival. */
  members: ReadonlySignal<Member[]>;
  chat: ReadonlySignal<ChatMessage[]>;
  /** The room is for sound only (type 1), or one entered it so: there is no camera of one's own. */
  isAudio: ReadonlySignal<boolean>;
  /** `Client.id` of who holds the floor. */
  activeSpeaker: ReadonlySignal<number | null>;
  /** `Client.id` of whom the voice-switched picture shows: who of the others spoke last, before anybody did the first of them. */
  voice: ReadonlySignal<number | undefined>;
  /** Tile that the page asked to have that picture in; without automatic play it is shown only then. */
  voiceTag: ReadonlySignal<string | undefined>;
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
  /** Level of the user (2.27). */
  level: ReadonlySignal<UserLevel | null>;
  /** Added to this machine's clock it gives the server's, in milliseconds. */
  clockOffset: ReadonlySignal<number>;
  /** A session id that the address or this tab brought does not hold: one is a guest. */
  signOnRefused: ReadonlySignal<boolean>;
  /** How long before its start an appointment's room opens, in milliseconds. */
  openBefore: ReadonlySignal<number>;
  /** Somebody signed in here before, and the server has not yet said whether that still holds. */
  restoring: ReadonlySignal<boolean>;
  /** The session was ended by somebody else, or expired. */
  endedElsewhere: ReadonlySignal<boolean>;
  login(input: { name: string; password: string }): Promise<{ result: number; user?: User; company?: Company }>;
  logout(userId?: number): Promise<{ result: number }>;
};

/** Room that the lobby is for, as far as it is known. */
export type LobbyRoom = {
  roomId: number;
  name: string | undefined;
  /** Unknown until one is in, where a page skips the lobby. */
  roomType: RoomType | undefined;
  isHasPwd: boolean;
  logo: string | null;
};

/** Which screen there is and what it needs; the root of the models. */
export type AppModel = {
  screen: ReadonlySignal<Screen>;
  /** Room that the lobby is for. */
  lobbyRoom: ReadonlySignal<LobbyRoom | undefined>;
  /** Why there is no lobby, on the screen `closed`. */
  closed: ReadonlySignal<Closed | undefined>;
  username: ReadonlySignal<string>;
  entering: ReadonlySignal<boolean>;
  /** Last refusal that the person must see, in the lobby or over the stage; and the fatal one of the error screen. */
  problem: ReadonlySignal<RTCPeerError | undefined>;
  leftReason: ReadonlySignal<LeftReason | undefined>;
  locale: ReadonlySignal<Locale>;
  theme: ReadonlySignal<Theme>;
  /** The meeting that one is in, or on the way into, is for sound only: there is no camera to turn on. */
  isAudio: ReadonlySignal<boolean>;
  /** False: remote pictures appear only by `play`. */
  autoPlay: ReadonlySignal<boolean>;
  /** The browser plays no sound before the person has touched the page. */
  soundBlocked: ReadonlySignal<boolean>;
  /** Plays it, when called within a gesture. */
  playSound(): void;
  /** From the lobby, or from "you left", to the home screen; only the platform's own page has one. */
  showHome: (() => void) | undefined;
  session: SessionModel;
  devices: DevicesModel;
  meeting: MeetingModel;
  setUsername(name: string): void;
  /** Goes to the lobby of a room, or of an appointment by its id or invite code. Rejects with why it does not lead there. */
  openLobby(target: number | Target): Promise<void>;
  /** From the lobby into the meeting: enters and publishes. */
  join(input: { password?: string }): Promise<void>;
  /** From "you left", or from a room that was closed, to the lobby. */
  rejoin(): Promise<void>;
  /** Wants into no room any more: back to the first screen. */
  goHome(): void;
  dismissProblem(): void;
  configure(change: { locale?: Locale; theme?: Theme }): void;
  /** Leaves, stops devices, closes everything. */
  dispose(): Promise<void>;
};
