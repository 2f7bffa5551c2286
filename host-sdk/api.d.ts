/**
 * The public interface of @meetframe/host-sdk. Sections are those of the published specification,
 * RTCPeer v3.0.8. Derived by `npm run docs`; do not edit.
 */

/** Section 8.1. A field without a value is `null`. */
export type User = {
  id: number;
  account: string;
  name: string;
  email: string | null;
  phone: string | null;
  photo: string | null;
  /** Name of the company. */
  company: string | null;
};

/** Section 8.2. */
export type Company = {
  id: number;
  name: string;
  email: string | null;
  phone: string | null;
  /** Address of the company’s logo. */
  logo: string | null;
  address: string | null;
};

/** Section 8.3. */
export type Room = {
  id: number;
  name: string;
  /** Id of the user who owns the room; `null` for a room that an app made. */
  ownerId: number | null;
  /** 1 audio, 2 video, 3 training. */
  roomType: 1 | 2 | 3;
  definition: '240p' | '480p' | '720p' | '1080p';
  numberLimit: number;
  isPublic: boolean;
  isHasPwd: boolean;
  /** The appointment that the room was made for, or that is due in it. */
  appointmentId: number | null;
  /** Name of that appointment. */
  appointmentName: string | null;
  /** `Client.id` of the moderator while a meeting runs, else `null`. */
  superModeId: number | null;
  logo: string | null;
  /** What the room is for. */
  comment: string | null;
};

/** Section 8.4: a participant of a meeting. */
export type Client = {
  /** Identifies the participation in this meeting, not the account. A participant who returns to the same meeting keeps it. */
  id: number;
  /** The account, `null` for a guest. */
  userId: number | null;
  name: string;
  email: string | null;
  phone: string | null;
  pictureurl: string | null;
  company: string | null;
  mode: string;
  streamId: number;
  broadCastId: number;
  isMuted: boolean;
  isSuperModerator: boolean;
  /** Names the media session; may change after a reconnect (section 3, `vCode: "rePlay"`). */
  peerId: string | null;
};

/** Section 8.5. Times are ISO 8601 on the wire and `Date` in a page. */
export type Appointment = {
  id: number;
  name: string;
  startTime: Date;
  endTime: Date;
  /** The user who created it. */
  from: User | null;
  /** Length in minutes. */
  timeLength: number;
  description: string | null;
  /** `Client.id` of the moderator while the meeting runs. */
  streamId: number | null;
  /** `Client.broadCastId` of the moderator while the meeting runs. */
  broadCastId: number | null;
  /** When the first participant entered. */
  actuallyStartTime: Date | null;
};

/** Section 2.16: a member of a room. */
export type RoomMember = {
  id: number;
  name: string;
  account: string;
  photo: string | null;
  /** 1 moderates, 2 takes part. */
  role: number;
};

/** Section 2.31: a recording. */
export type MeetingRecord = {
  id: number;
  name: string;
  /** File name under `/app/upload/videos/` with a signature that expires: the address plays and downloads it as it is. */
  comment: string;
  /** Length in seconds. */
  duration: number;
  /** Size in bytes. */
  size: number;
  /** 0 ready, 1 being recorded, 2 failed, 3 being processed. */
  status: number;
  /** Per cent of the processing that is done, `null` unless the status is 3. */
  progress: number | null;
  /** Why it failed, waits, or is shorter than the meeting: `cancelled` before it began, `noMedia`, `captureFailed`, `composeFailed`, `ffmpegMissing` (processing waits for ffmpeg), `storageFull`, `storageReadOnly`, `storageUnavailable`, `storageRefused` (processing waits), `filesMissing`; else `null`. */
  reason:
    | 'cancelled'
    | 'noMedia'
    | 'captureFailed'
    | 'composeFailed'
    | 'ffmpegMissing'
    | 'storageFull'
    | 'storageReadOnly'
    | 'storageUnavailable'
    | 'storageRefused'
    | 'filesMissing'
    | null;
  startTime: Date;
  endTime: Date | null;
  roomId: number | null;
  meetingId: number | null;
  /** Id of the user who recorded. */
  userId: number | null;
  /** Whether the caller may delete it. */
  mayDelete: boolean;
  /** Its files, once it is ready: first the file of `comment`, then files that `makeRecordFile` made. */
  files: Array<{
    format: 'mp4' | 'webm' | 'm4a';
    comment: string;
    size: number;
    status: number;
    progress: number | null;
    reason:
      | 'cancelled'
      | 'noMedia'
      | 'captureFailed'
      | 'composeFailed'
      | 'ffmpegMissing'
      | 'storageFull'
      | 'storageReadOnly'
      | 'storageUnavailable'
      | 'storageRefused'
      | 'filesMissing'
      | null;
  }>;
  /** Whether the meeting was transcribed: `downloadTranscript` with its id gives the text. */
  hasTranscript: boolean;
};

/** A camera, microphone or speaker, as `navigator.mediaDevices` describes it. */
export type MediaDevice = {
  deviceId: string;
  kind: 'audioinput' | 'audiooutput' | 'videoinput';
  label: string;
  groupId: string;
};

/** Sections 3.26 and 3.27: a chat message. */
export type ChatMessage = {
  id: number;
  /** `Client.id` of the sender. */
  userId: number;
  roomId: number;
  content: string;
  client: Client;
  /** Milliseconds since 1970, by the server’s clock. */
  time: number;
  /** False for a message that the platform could deliver, but not store. */
  kept?: boolean | undefined;
  /** True for a private message, which only its sender and its recipient get. */
  private?: true | undefined;
  /** `Client.id` of the recipient of a private message. */
  otherUserId?: number | undefined;
  /** The file that was sent; `content` is its name then. */
  file?: ChatFile | undefined;
  /** The chat message to which this one replies. */
  replyTo?: Quote | undefined;
};

/** A file that was sent in the chat. */
export type ChatFile = {
  id: number;
  /** Name of the file, without folders and invisible characters. */
  name: string;
  /** Bytes. */
  size: number;
  /** `image/png`, `image/jpeg`, `image/gif` or `image/webp`, which the platform finds from the content of the file; `application/octet-stream` for all other files. */
  type: string;
  /** Width of an image in pixels, after its stored rotation. */
  width?: number | undefined;
  /** Height of an image in pixels, after its stored rotation. */
  height?: number | undefined;
  /** Address of the file; on the wire below the address of the widget’s page. It opens the file without a login, for an hour at least; `meeting.getFileLink` gives a new one. */
  link: string;
};

/** The chat message to which another one replies. */
export type Quote = {
  /** Id of the chat message. */
  id: number;
  /** `Client.id` of its sender. */
  userId: number;
  /** Name of its sender. */
  name: string;
  /** Its beginning, at most 150 characters. */
  content: string;
};

/** Section 3.4. */
export type Bitrate = { audio: { kbps: number }; video: { kbps: number; fps: number; width: number; height: number } };

/** State that the SDK mirrors, so that a page can read it at any time without a call. */
export type MirroredState = {
  user: User | null;
  company: Company | null;
  room: Room | null;
  client: Client | null;
  members: Array<Client>;
  startedAt: number | null;
  clockOffset: number;
  connection: 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed';
  screen: 'idle' | 'opening' | 'closed' | 'lobby' | 'meeting' | 'left' | 'error';
  microphone: boolean;
  camera: boolean;
};

/** Options that the SDK hands to the widget. */
export interface WidgetOptions {
  /** API sign (6.1). The SDK also takes a function that fetches one; it is asked again when the sign expires. */
  sign?: string | undefined;
  /** Session id of a user whom the partner’s back end signed on (6.2). */
  SID?: string | undefined;
  /** Terminal type, becomes `Client.mode`. Default `pc`. */
  mode?: string | undefined;
  /** TURN server as `host:port` (2.1). Not given: connect to the media server directly. */
  relayServer?: string | undefined;
  /** With `relayServer`: `relay` (default) goes through it only, `all` allows direct paths too. */
  relay?: 'relay' | 'all' | undefined;
  /** With `relayServer`: how the TURN server is reached; by default over UDP, else TCP. Without it: `tcp` forces TCP to the media server; by default UDP, else TCP. */
  transport?: 'udp' | 'tcp' | undefined;
  /** True keeps the control connection open so that the user can be called. Default false: it is opened when first needed, at once with `room` or `SID`. */
  socket?: boolean | undefined;
  /** True: the widget itself rings, shows incoming and outgoing calls, and enters their rooms. Default false: the page does, with the methods and events of chapter 4. */
  callScreens?: boolean | undefined;
  /** True: the frame only waits for calls, with `callScreens` and without the code for meetings, and is one pixel large until it rings. It takes no `room`. */
  receiver?: boolean | undefined;
  /** Where a call shows, with `receiver` or `callScreens`: `overlay` is a card over the page, and the whole window during a call (default of a receiver); `container` is the container of the frame (default otherwise); `page` leaves the frame to the page, which follows `frameWanted`. */
  callFrame?: 'overlay' | 'container' | 'page' | undefined;
  /** How the page itself signals a ringing call, each true by default: `title` changes the page’s title while the call rings; `notification` shows a system notification while the page does not have the focus, if the user has allowed the page to show notifications. */
  attention?: { title?: boolean | undefined; notification?: boolean | undefined } | undefined;
  /** Without effect, accepted for old pages: all signalling goes to the origin of `host`. */
  nginx?: boolean | undefined;
  /** Let a user who is not logged in call and be called. */
  logout?: boolean | undefined;
  /** Room to open: shows the lobby. Without it the widget waits for `meeting.enter`. */
  room?: number | string | undefined;
  /** 1: enter `room` for audio only, as always in a room of type 1. */
  roomType?: 1 | 2 | 3 | undefined;
  /** Name proposed in the lobby. */
  username?: string | undefined;
  /** Password of the room. */
  password?: string | undefined;
  /** False skips the lobby and enters at once. Default true. */
  lobby?: boolean | undefined;
  /** False: videos of other participants appear only after `meeting.play`. Default true. */
  autoPlay?: boolean | undefined;
  /** Camera and microphone on when the lobby opens. Default true. */
  video?: boolean | undefined;
  audio?: boolean | undefined;
  locale?: 'zh-CN' | 'en' | undefined;
  theme?: 'light' | 'dark' | 'auto' | undefined;
  brand?:
    | {
        color?: string | null | undefined;
        logo?: string | null | undefined;
        radius?: number | null | undefined;
        font?: string | null | undefined;
      }
    | undefined;
  ui?:
    | {
        bare?: boolean | undefined;
        header?: boolean | undefined;
        toolbar?: boolean | undefined;
        names?: boolean | undefined;
        chat?: boolean | undefined;
        files?: boolean | undefined;
        people?: boolean | undefined;
        hand?: boolean | undefined;
        share?: boolean | undefined;
        reactions?: boolean | undefined;
        record?: boolean | undefined;
        captions?: boolean | undefined;
        invite?: boolean | undefined;
        layout?: boolean | undefined;
        settings?: boolean | undefined;
        leave?: boolean | undefined;
        buttons?: Array<{ id: string; label: string; isPressed?: boolean | undefined }> | undefined;
        texts?:
          | { 'zh-CN'?: { [field: string]: string } | undefined; en?: { [field: string]: string } | undefined }
          | undefined;
      }
    | undefined;
}

/** Methods that stand under `rtcPeer.meeting`. */
export interface MeetingMethods {
  /**
   * Send a file in the chat, to all participants or to one. Answers the chat message when the platform has the file; leaving the meeting ends the upload with `NOT_IN_MEETING`.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `UNSUPPORTED`, `NOT_FOUND`, `CONFLICT`, `STORAGE_FULL`, `THROTTLED`, `DISCONNECTED`. Events: `onChat`, `onPrivateChat`.
   */
  sendFile: RemoteMethod<
    { file: Blob; name?: string | undefined; to?: number | string | undefined },
    {
      id: number;
      userId: number;
      roomId: number;
      content: string;
      client: Client;
      time: number;
      kept?: boolean | undefined;
      private?: true | undefined;
      otherUserId?: number | undefined;
      file?: ChatFile | undefined;
      replyTo?: Quote | undefined;
    }
  >;
  /**
   * Lower a participant’s hand. Only the moderator may name a participant other than the caller.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `NOT_FOUND`, `FORBIDDEN`. Events: `meeting.onRaiseHand`, `meeting.roster`.
   */
  lowerHand: RemoteMethod<{ userId: number | string; roomId?: number | string | undefined }, Record<string, never>>;
  /**
   * Lock the meeting, or unlock it (`false`). Nobody new can enter a locked meeting (`ROOM_NOT_OPEN`, `details.reason` is `locked`), except those who may moderate it. Users who left can come back, guests with the resume token that they had. It stays locked over a restart of the server.
   *
   * Goes beyond RTCPeer v3.0.8. Events: `meeting.onLock`.
   */
  lock: RemoteMethod<{ isLocked?: boolean | undefined } | undefined, Record<string, never>, [boolean | undefined]>;
  /**
   * Turn the waiting room on, so that new guests wait until the moderator admits them, or off (`false`): then everybody who waits is admitted. The setting lasts until the meeting ends, also over a restart of the server; the next meeting begins with the setting of its room or appointment (`waitingRoom`). The room’s owner, administrators and members, users who are invited to the appointment, and people who were in this meeting before do not wait.
   *
   * Goes beyond RTCPeer v3.0.8. Events: `meeting.onWaitingRoom`.
   */
  setWaitingRoom: RemoteMethod<
    { isOn?: boolean | undefined } | undefined,
    Record<string, never>,
    [boolean | undefined]
  >;
  /**
   * List the people in the waiting room. The moderator gets every change as `onWaitingRoom`.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  getWaitingRoom: RemoteMethod<
    Record<string, never> | undefined,
    {
      roomId: number;
      isOn: boolean;
      waiting: Array<{ id: number; name: string; photo: string | null; userId: number | null; since: number }>;
    }
  >;
  /**
   * Admit one person from the waiting room or, without `waitingId`, everybody in it. People for whom there is no free seat are refused with `ROOM_FULL`. Works in a locked meeting, too.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `NOT_FOUND`. Events: `meeting.onWaitingRoom`, `meeting.onWaiting`.
   */
  admit: RemoteMethod<
    { waitingId?: number | string | undefined } | undefined,
    Record<string, never>,
    [number | string | undefined]
  >;
  /**
   * Refuse a person in the waiting room, who then cannot ask again for one minute.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `NOT_FOUND`. Events: `meeting.onWaitingRoom`, `meeting.onWaiting`.
   */
  decline: RemoteMethod<{ waitingId: number | string }, Record<string, never>, [number | string]>;
  /**
   * A fresh address for a file of the chat (`ChatMessage.file.id`), which opens it for at least an hour. For a private file only its sender and its recipient get one, as long as its chat message is kept.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `NOT_FOUND`.
   */
  getFileLink: RemoteMethod<{ fileId: number | string }, { link: string }, [number | string]>;
  /**
   * Show a reaction to all participants for a moment.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `THROTTLED`. Events: `meeting.onReaction`.
   */
  react: RemoteMethod<
    { reaction: '👍' | '👏' | '❤️' | '😂' | '😮' | '🎉' },
    Record<string, never>,
    ['👍' | '👏' | '❤️' | '😂' | '😮' | '🎉']
  >;
  /**
   * Read what to pass on to people who should join: the id of the room and, for an appointment, its invite code.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  getInvitation: RemoteMethod<
    Record<string, never> | undefined,
    {
      roomId: number;
      name: string;
      inviteCode: string | null;
      isPublic: boolean;
      isHasPwd: boolean;
      startTime: Date | null;
      endTime: Date | null;
    }
  >;
  /**
   * Sentences of this meeting, also those from before the caller entered, oldest first: the last `limit` (200 unless given) before `before`. `more`: there are earlier ones.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `THROTTLED`.
   */
  getTranscript: RemoteMethod<
    { before?: string | undefined; limit?: number | undefined; search?: string | undefined } | undefined,
    {
      lines: Array<{
        bg: string;
        ed: string;
        client: Client;
        onebest: string;
        lang?: string | undefined;
        trans?: Record<string, string> | undefined;
        lost?: 'unreachable' | 'slow' | 'refused' | 'overloaded' | undefined;
      }>;
      more: boolean;
    }
  >;
  /**
   * Translate finished sentences into `lang` for the caller from now on; `lang` is one of `languages` in `onTranscribe`, `null` ends it. Translations come as `trans` in `onTranscription`, after the sentence. `UNSUPPORTED`: the platform has no engine for it.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `UNSUPPORTED`. Events: `meeting.onTranscription`.
   */
  translateTranscript: RemoteMethod<{ lang: string | null }, { lang: string | null }>;
  /**
   * The transcript of this meeting as a file. `lang`: in this language, where sentences were translated.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `THROTTLED`.
   */
  exportTranscript: RemoteMethod<
    { format: 'txt' | 'srt' | 'vtt' | 'json'; lang?: string | undefined },
    { fileName: string; contentType: string; content: string }
  >;
  /**
   * Enter a room. Rejects with `WRONG_PASSWORD`, `ROOM_FULL` or `ROOM_NOT_OPEN` when the room cannot be entered. In a meeting with a waiting room the answer comes when the moderator has decided; until then `onWaiting` reports the state, and `meeting.exit` stops waiting.
   *
   * Section 3.1. Errors of its own: `NOT_FOUND`, `FORBIDDEN`, `WRONG_PASSWORD`, `ROOM_FULL`, `ROOM_NOT_OPEN`, `THROTTLED`, `CONFLICT`. Events: `meeting.onWaiting`, `meeting.roster`, `EnterRoom`.
   */
  enter: RemoteMethod<
    {
      userId?: number | string | null | undefined;
      roomId: number | string;
      roomType?: 1 | 2 | 3 | undefined;
      username?: string | undefined;
      password?: string | undefined;
      maxNumber?: number | undefined;
      codec?: string | undefined;
    },
    { client: Client; members: Array<Client>; room: Room }
  >;
  /**
   * Leave the meeting. `result`: 0 left, 1 the caller was in no meeting.
   *
   * Section 3.2. Events: `meeting.roster`, `ExitRoom`.
   */
  exit: RemoteMethod<Record<string, never> | undefined, { result: number }>;
  /**
   * End the meeting: all participants leave it. `result` is 0.
   *
   * Section 3.3. Events: `meeting.onFinish`, `meeting.closed`.
   */
  finish: RemoteMethod<
    Record<string, never> | undefined,
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Publish the microphone and the camera. Also works without a camera, without a microphone or without both. In an audio-only room no camera is published.
   *
   * Section 3.4. Errors of its own: `PERMISSION_DENIED`, `DEVICE_NOT_FOUND`, `DEVICE_IN_USE`. Events: `onLocalPublished`, `onPublished`.
   */
  publish: RemoteMethod<
    {
      audio: boolean;
      video: boolean;
      useVideo?: boolean | undefined;
      localTag?: string | undefined;
      domId?: string | undefined;
      remoteTag?: string | undefined;
      definition?: '240p' | '480p' | '720p' | '1080p' | undefined;
      maxFrameRate?: number | undefined;
      minFrameRate?: number | undefined;
      useCamera?: string | undefined;
      useMic?: string | undefined;
      device?:
        | {
            video?: { code: number; [field: string]: unknown } | undefined;
            audio?: { code: number; [field: string]: unknown } | undefined;
            [field: string]: unknown;
          }
        | undefined;
    },
    { client: Client } & { getBitrate(): Promise<Bitrate> }
  >;
  /**
   * Bit rates in kbit/s, frames per second and size of the video that the caller sends (no `client`) or receives from a client; `publish` and `play` return a function for it.
   *
   * Section 3.4. Errors of its own: `NOT_FOUND`.
   */
  getBitrate: RemoteMethod<
    { client?: { id: number | string; [field: string]: unknown } | undefined } | undefined,
    Bitrate
  >;
  /**
   * Show a participant’s video in the tile with the id `domId`; an unknown id creates a tile.
   *
   * Section 3.5. Errors of its own: `NOT_FOUND`.
   */
  play: RemoteMethod<
    { client: { id: number | string; [field: string]: unknown }; domId: string },
    { client: Client } & { getBitrate(): Promise<Bitrate> }
  >;
  /**
   * Stop showing and receiving a participant’s video. Answers the participant, whose field `client` is the participant once more: the specification’s examples read both forms.
   *
   * Section 3.6. Errors of its own: `NOT_FOUND`.
   */
  closePlay: RemoteMethod<
    | { client: { id: number | string; [field: string]: unknown } }
    | { object: { id: number | string; [field: string]: unknown } }
    | { id: number | string; [field: string]: unknown },
    {
      id: number;
      userId: number | null;
      name: string;
      email: string | null;
      phone: string | null;
      pictureurl: string | null;
      company: string | null;
      mode: string;
      streamId: number;
      broadCastId: number;
      isMuted: boolean;
      isSuperModerator: boolean;
      peerId: string | null;
      client: Client;
    }
  >;
  /**
   * Turn the caller’s own camera on or off; off releases the device. In an audio-only room `true` rejects with `FORBIDDEN`.
   *
   * Section 3.7. Errors of its own: `FORBIDDEN`, `PERMISSION_DENIED`, `DEVICE_NOT_FOUND`, `DEVICE_IN_USE`. Events: `onPublished`.
   */
  updateVideo: RemoteMethod<
    { video: boolean; client?: { id: number | string; [field: string]: unknown } | undefined },
    Client,
    [boolean]
  >;
  /**
   * Mute (true) or un-mute (false) the caller’s own microphone. The server stops the audio of a muted participant, whatever the client sends.
   *
   * Section 3.8. Errors of its own: `PERMISSION_DENIED`, `DEVICE_NOT_FOUND`, `DEVICE_IN_USE`. Events: `meeting.roster`.
   */
  updateMute: RemoteMethod<{ isMute: boolean }, Client, [boolean]>;
  /**
   * Mute a participant, or ask a muted participant to un-mute. Only the moderator may name a participant other than the caller.
   *
   * Section 3.9, 3.24. Errors of its own: `FORBIDDEN`, `NOT_FOUND`. Events: `meeting.onMute`, `meeting.roster`.
   */
  muteMsg: RemoteMethod<
    { userId: number | string; roomId?: number | string | undefined; isMute: boolean; super?: string | undefined },
    Record<string, never>
  >;
  /**
   * Mute all participants but the moderator, or ask them to un-mute.
   *
   * Section 3.10. Events: `meeting.onMuteAll`, `meeting.roster`.
   */
  muteAll: RemoteMethod<
    { userId?: number | string | undefined; roomId?: number | string | undefined; isMute: boolean },
    Record<string, never>
  >;
  /**
   * Remove a participant, who cannot enter again while the meeting runs. The room’s owner cannot be removed.
   *
   * Section 3.11. Errors of its own: `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`. Events: `meeting.tiren`, `meeting.roster`.
   */
  kickOut: RemoteMethod<{ userId: number | string; roomId?: number | string | undefined }, Record<string, never>>;
  /**
   * Raise the caller’s hand, which all participants see, or lower it (`false`).
   *
   * Section 3.12. Events: `meeting.onRaiseHand`, `meeting.roster`.
   */
  raiseHand: RemoteMethod<{ raised?: boolean | undefined } | undefined, Record<string, never>, [boolean | undefined]>;
  /**
   * Record the meeting’s video and the audio of all participants on the user’s device. The user chooses in the browser’s dialog what is recorded; if that is the tab of the page itself, only the stage is recorded. Computers only.
   *
   * Section 3.13. Errors of its own: `UNSUPPORTED`, `PERMISSION_DENIED`, `CONFLICT`. Events: `onLocalRecord`.
   */
  startLocalRecord: RemoteMethod<{ fileName: string }, Record<string, never>>;
  /**
   * End the recording on the user’s device and save it as a download. Leaving the meeting does the same.
   *
   * Section 3.14. Errors of its own: `CONFLICT`. Events: `onLocalRecord`.
   */
  stopLocalRecord: RemoteMethod<Record<string, never> | undefined, { fileName: string; size: number }>;
  /**
   * Pause the recording on the user’s device: nothing is recorded until `resumeLocalRecord`.
   *
   * Section 3.15. Errors of its own: `CONFLICT`. Events: `onLocalRecord`.
   */
  pauseLocalRecord: RemoteMethod<Record<string, never> | undefined, Record<string, never>>;
  /**
   * Go on with the recording on the user’s device after a pause.
   *
   * Section 3.16. Errors of its own: `CONFLICT`. Events: `onLocalRecord`.
   */
  resumeLocalRecord: RemoteMethod<Record<string, never> | undefined, Record<string, never>>;
  /**
   * Make a participant the moderator until that participant leaves. The current moderator or the room’s owner may do this. `room.superModeId` becomes the new moderator’s `Client.id`.
   *
   * Section 3.17. Errors of its own: `NOT_FOUND`, `FORBIDDEN`. Events: `meeting.onCompere`, `meeting.roster`.
   */
  setCompere: RemoteMethod<{ userId: number | string; roomId?: number | string | undefined }, Record<string, never>>;
  /**
   * Share a screen, a window or a tab, which the user chooses in the browser’s dialog, with its audio where the browser captures it. Only one screen is shared in a meeting at a time. Computers only.
   *
   * Section 3.18. Errors of its own: `SHARE_IN_USE`, `PERMISSION_DENIED`, `UNSUPPORTED`, `FORBIDDEN`. Events: `shareScreen`, `onShareScreen`.
   */
  shareScreen: RemoteMethod<
    | { shareScreenId?: number | string | undefined; domId?: string | undefined; takeOver?: boolean | undefined }
    | undefined,
    { shareScreenId: number; client: Client }
  >;
  /**
   * Stop sharing the caller’s own screen. Without effect when the caller shares none.
   *
   * Section 3.19. Events: `shareScreen`, `onShareScreen`.
   */
  stopShareScreen: RemoteMethod<Record<string, never> | undefined, Record<string, never>>;
  /**
   * Show the screen that another participant shares. With automatic play it is shown by itself; call this to give its tile an id, or after `hangupShareScreen`.
   *
   * Section 3.20. Errors of its own: `NOT_FOUND`.
   */
  playShareScreen: RemoteMethod<
    { shareScreenId: number | string; domId?: string | undefined },
    { shareScreenId: number; client: Client }
  >;
  /**
   * Stop receiving the video and audio of the screen that another participant shares, for the caller only, until `playShareScreen` or the next share.
   *
   * Section 3.21.
   */
  hangupShareScreen: RemoteMethod<Record<string, never> | undefined, Record<string, never>>;
  /**
   * Switch to the next camera: on a phone from front to back or the other way round. Answers the camera. While the camera is off, this chooses which camera will be turned on.
   *
   * Section 3.22. Errors of its own: `DEVICE_NOT_FOUND`, `DEVICE_IN_USE`, `PERMISSION_DENIED`. Events: `deviceChanged`.
   */
  flipsCamera: RemoteMethod<Record<string, never> | undefined, MediaDevice>;
  /**
   * Go on with audio only: the caller’s camera stops and no video is received; the others get `onPublished` with `audioMode`. With `audioOnly: false`, or when the caller’s camera is turned on, videos are received again.
   *
   * Section 3.23. Errors of its own: `FORBIDDEN`, `PERMISSION_DENIED`, `DEVICE_NOT_FOUND`, `DEVICE_IN_USE`. Events: `onPublished`.
   */
  audioOnlyMeeting: RemoteMethod<
    { client?: { id: number | string; [field: string]: unknown } | undefined; audioOnly?: boolean | undefined },
    Client,
    [boolean | undefined]
  >;
  /**
   * Send a chat message of up to 5,000 characters to all participants.
   *
   * Section 3.26. Errors of its own: `NOT_FOUND`, `THROTTLED`. Events: `meeting.onChat`.
   */
  chat: RemoteMethod<
    {
      userId?: number | string | undefined;
      roomId?: number | string | undefined;
      content: string;
      replyTo?: number | string | undefined;
    },
    ChatMessage
  >;
  /**
   * Send a chat message of up to 5,000 characters to one other participant. No other participant gets it. It is kept in memory while the meeting runs and never stored in the database.
   *
   * Section 3.27. Errors of its own: `NOT_FOUND`, `CONFLICT`, `THROTTLED`. Events: `meeting.onPrivateChat`.
   */
  privateChat: RemoteMethod<
    {
      userId?: number | string | undefined;
      roomId?: number | string | undefined;
      otherUserId: number | string;
      content: string;
      replyTo?: number | string | undefined;
    },
    ChatMessage
  >;
  /**
   * Start, stop, pause or resume the transcription of the meeting. An action that changes nothing succeeds. `UNSUPPORTED`: the platform has no speech engine; the message says what to configure.
   *
   * Section 3.28. Errors of its own: `UNSUPPORTED`, `CONFLICT`. Events: `meeting.onTranscription`, `meeting.onTranscribe`, `meeting.onTranscriptionGap`.
   */
  transcribe: RemoteMethod<
    {
      userId?: number | string | undefined;
      roomId?: number | string | undefined;
      action: 'start' | 'stop' | 'pause' | 'resume';
    },
    { result: boolean; message: string; sessid: string | null },
    ['start' | 'stop' | 'pause' | 'resume']
  >;
  /**
   * `result`: true while the meeting is being transcribed. `sessid` identifies the transcript.
   *
   * Section 3.29.
   */
  isTranscribe: RemoteMethod<
    Record<string, never> | undefined,
    { result: boolean; message: string; sessid: string | null }
  >;
  /**
   * Record the meeting’s video and the audio of all participants in the browser, and upload the recording to the platform while it is made. Parts that cannot be uploaded at the moment are kept on the device, also over a reload, and uploaded later. Computers only.
   *
   * Section 3.31. Errors of its own: `UNSUPPORTED`, `PERMISSION_DENIED`, `CONFLICT`, `FORBIDDEN`.
   */
  startRecordScreen: RemoteMethod<{ fileName?: string | undefined } | undefined, { recordId: number }>;
  /**
   * End the recording, and answer when the platform has all of it. Leaving the meeting ends it too. Otherwise the platform ends it when no part has arrived for 30 minutes.
   *
   * Section 3.32. Errors of its own: `CONFLICT`.
   */
  stopRecordScreen: RemoteMethod<Record<string, never> | undefined, { recordId: number }>;
  /**
   * List cameras, microphones and speakers.
   *
   * Section 3.33.
   */
  getMediaDevices: RemoteMethod<Record<string, never> | undefined, Array<MediaDevice>>;
  /**
   * List cameras; `[]` when there is none.
   *
   * Section 3.34.
   */
  getMediaVideoDevices: RemoteMethod<Record<string, never> | undefined, Array<MediaDevice>>;
  /**
   * Record the meeting on the server: the video of the active speaker, or the shared screen, and the audio of all participants; with `layout: "grid"` the videos of all participants. All participants see that the meeting is being recorded, and who started it. The recording ends with `stopRecord` or with the meeting; then its file is made, and `getRecordByRange` (2.31) lists it. `CONFLICT` while a recording of the meeting is running or scheduled.
   *
   * Section 3.35. Errors of its own: `CONFLICT`, `STORAGE_FULL`, `FORBIDDEN`. Events: `meeting.onRecord`.
   */
  startRecord: RemoteMethod<
    | {
        fileName?: string | '' | null | undefined;
        startTime?: Date | number | string | '' | null | undefined;
        layout?: 'speaker' | 'grid' | undefined;
      }
    | undefined,
    {
      result: number;
      recordId: number | null;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * End a recording of this meeting, or cancel one that has not begun. `result` is 0, also when it has ended already.
   *
   * Section 3.36. Errors of its own: `NOT_FOUND`, `FORBIDDEN`. Events: `meeting.onRecord`.
   */
  stopRecord: RemoteMethod<
    { recordId: number | string },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Test the camera and the microphone; a camera with fewer lines than `definition` counts as unsupported (1002).
   *
   * Section 3.37.
   */
  checkDevice: RemoteMethod<
    { definition?: '240p' | '480p' | '720p' | '1080p' | undefined } | undefined,
    { video: { code: 1000 | 1001 | 1002 | 1003 }; audio: { code: 1000 | 1001 | 1002 | 1003 } }
  >;
  /**
   * Test the camera; one with fewer lines than `definition` counts as unsupported (1002).
   *
   * Section 3.38.
   */
  checkVideo: RemoteMethod<
    { definition?: '240p' | '480p' | '720p' | '1080p' | undefined } | undefined,
    { video: { code: 1000 | 1001 | 1002 | 1003 } }
  >;
  /**
   * Test the microphone.
   *
   * Section 3.39.
   */
  checkAudio: RemoteMethod<Record<string, never> | undefined, { audio: { code: 1000 | 1001 | 1002 | 1003 } }>;
  /**
   * Receive the videos of all cameras in one size: 0 small, 1 middle, 2 large (the default); `auto`: as large as each tile needs. With `domId` (3.41): only the video in that tile.
   *
   * Section 3.40. Errors of its own: `NOT_FOUND`.
   */
  switchVideoBySim: RemoteMethod<
    { sim?: 0 | 1 | 2 | 'auto' | undefined; domId?: string | undefined },
    Record<string, never>,
    [0 | 1 | 2 | 'auto' | undefined]
  >;
  /**
   * Receive the video in the tile `domId` in one size: 0 small, 1 middle, 2 large (the default); `auto`: as large as the tile needs.
   *
   * Section 3.41. Errors of its own: `NOT_FOUND`.
   */
  switchVideoSimByDom: RemoteMethod<
    { domId: string; sim?: 0 | 1 | 2 | 'auto' | undefined },
    Record<string, never>,
    [string, 0 | 1 | 2 | 'auto' | undefined]
  >;
  /**
   * Set how many cameras’ videos are shown at most, the caller’s own included. A further video replaces the one that has been played longest, which comes back when fewer are shown. The caller’s own video is never replaced.
   *
   * Section 3.42.
   */
  setVideoMax: RemoteMethod<{ number: number }, Record<string, never>, [number]>;
  /**
   * Turn the video that follows the active speaker (tile `remote`) on or off. Off: it is not received, and the stage does not follow the active speaker.
   *
   * Section 3.43.
   */
  publishStreamActive: RemoteMethod<{ isPlay: boolean }, Record<string, never>, [boolean]>;
  /**
   * Rename the meeting and, if it has one, its appointment.
   *
   * Section 3.44. Errors of its own: `NOT_FOUND`. Events: `meeting.onUpdateMeeting`, `meeting.roster`.
   */
  updateMeetingName: RemoteMethod<
    {
      userId?: number | string | undefined;
      roomId?: number | string | undefined;
      appointmentName: string;
      appointmentId?: number | string | null | undefined;
    },
    Record<string, never>
  >;
  /**
   * Rename the caller or, as the moderator, another participant. The name lasts until the meeting ends.
   *
   * Section 3.45. Errors of its own: `NOT_FOUND`, `FORBIDDEN`. Events: `meeting.onUpdateClient`, `meeting.roster`.
   */
  updateClientName: RemoteMethod<
    { userId: number | string; roomId?: number | string | undefined; name: string },
    Record<string, never>
  >;
  /**
   * Switch to another camera, microphone or speaker; at least one must be named.
   *
   * Section 3.46. Errors of its own: `DEVICE_NOT_FOUND`, `DEVICE_IN_USE`, `PERMISSION_DENIED`, `UNSUPPORTED`. Events: `deviceChanged`.
   */
  switchDevice: RemoteMethod<
    {
      video?: { deviceId: string; [field: string]: unknown } | undefined;
      audio?: { deviceId: string; [field: string]: unknown } | undefined;
      speaker?: { deviceId: string; [field: string]: unknown } | undefined;
    },
    Record<string, never>
  >;
  /**
   * Call a function with the volume of the caller’s own microphone, 0 to 30000, about ten times a second; 0 while it is off. The SDK takes the function and resolves with another function that stops the calls. Until then the widget sends `micVolume`.
   *
   * Section 3.47. Events: `micVolume`.
   */
  getMicVolume: (callback: Callback<number> | { callback: Callback<number> }) => Promise<() => void>;
  /** @deprecated An old name of `meeting.exit`. */
  exitRoom: RemoteMethod<Record<string, never> | undefined, { result: number }>;
  /** @deprecated An old name of `meeting.closePlay`. */
  stopPlay: RemoteMethod<
    | { client: { id: number | string; [field: string]: unknown } }
    | { object: { id: number | string; [field: string]: unknown } }
    | { id: number | string; [field: string]: unknown },
    {
      id: number;
      userId: number | null;
      name: string;
      email: string | null;
      phone: string | null;
      pictureurl: string | null;
      company: string | null;
      mode: string;
      streamId: number;
      broadCastId: number;
      isMuted: boolean;
      isSuperModerator: boolean;
      peerId: string | null;
      client: Client;
    }
  >;
  /** @deprecated An old name of `meeting.updateVideo`. */
  updateVideoMode: RemoteMethod<
    { video: boolean; client?: { id: number | string; [field: string]: unknown } | undefined },
    Client,
    [boolean]
  >;
  /** @deprecated An old name of `meeting.updateMute`. */
  mute: RemoteMethod<{ isMute: boolean }, Client, [boolean]>;
  /** @deprecated An old name of `meeting.updateMute`, with the opposite boolean. */
  updateAudioMode: (on: boolean, callback?: Callback<Client>) => Promise<Client>;
  /** @deprecated An old name of `meeting.hangupShareScreen`. */
  hangupScreenshare: RemoteMethod<Record<string, never> | undefined, Record<string, never>>;
  /** @deprecated An old name of `meeting.updateMute`, with the opposite boolean. */
  setAudio: (on: boolean, callback?: Callback<Client>) => Promise<Client>;
}

/** Methods that stand under `rtcPeer` itself. */
export interface PlatformMethods {
  /**
   * Change the language or the theme of the running widget.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  configure: RemoteMethod<
    { locale?: 'zh-CN' | 'en' | undefined; theme?: 'light' | 'dark' | 'auto' | undefined },
    Record<string, never>
  >;
  /**
   * Change theme and branding of the running widget.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  setTheme: RemoteMethod<
    {
      theme?: 'light' | 'dark' | 'auto' | undefined;
      brand?:
        | {
            color?: string | null | undefined;
            logo?: string | null | undefined;
            radius?: number | null | undefined;
            font?: string | null | undefined;
          }
        | undefined;
    },
    Record<string, never>
  >;
  /**
   * Show or hide parts of the interface of the running widget, and set the page’s own buttons in the toolbar and its own texts.
   *
   * Goes beyond RTCPeer v3.0.8. Events: `onButton`.
   */
  setUi: RemoteMethod<
    {
      bare?: boolean | undefined;
      header?: boolean | undefined;
      toolbar?: boolean | undefined;
      names?: boolean | undefined;
      chat?: boolean | undefined;
      files?: boolean | undefined;
      people?: boolean | undefined;
      hand?: boolean | undefined;
      share?: boolean | undefined;
      reactions?: boolean | undefined;
      record?: boolean | undefined;
      captions?: boolean | undefined;
      invite?: boolean | undefined;
      layout?: boolean | undefined;
      settings?: boolean | undefined;
      leave?: boolean | undefined;
      buttons?: Array<{ id: string; label: string; isPressed?: boolean | undefined }> | undefined;
      texts?:
        | { 'zh-CN'?: { [field: string]: string } | undefined; en?: { [field: string]: string } | undefined }
        | undefined;
    },
    Record<string, never>
  >;
  /**
   * The appointment with this invite code as a calendar file (iCalendar, RFC 5545). For a series, the file holds all its appointments that are not over.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `NOT_FOUND`, `THROTTLED`.
   */
  getCalendarFile: RemoteMethod<{ inviteCode: number | string }, { name: string; content: string }>;
  /**
   * Whether this platform sends invitations by mail.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  getMailState: RemoteMethod<Record<string, never> | undefined, { sends: boolean }>;
  /**
   * Have a file of a recording made in another format: `mp4`, `webm`, or `m4a` with the audio alone. The file is made once, in the background; `getRecordByRange` (2.31) lists it, and calling this again answers its progress in `file`. `CONFLICT` before the recording is ready.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`.
   */
  makeRecordFile: RemoteMethod<
    { recordId: number | string; format: 'mp4' | 'webm' | 'm4a' },
    {
      file: {
        format: 'mp4' | 'webm' | 'm4a';
        comment: string;
        size: number;
        status: number;
        progress: number | null;
        reason:
          | 'cancelled'
          | 'noMedia'
          | 'captureFailed'
          | 'composeFailed'
          | 'ffmpegMissing'
          | 'storageFull'
          | 'storageReadOnly'
          | 'storageUnavailable'
          | 'storageRefused'
          | 'filesMissing'
          | null;
      };
    }
  >;
  /**
   * Transcripts of the caller’s company, latest first, of meetings that the caller may see.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `FORBIDDEN`.
   */
  queryTranscripts: RemoteMethod<
    {
      orgId?: number | string | undefined;
      name?: string | undefined;
      startDate?: Date | number | string | '' | null | undefined;
      endDate?: Date | number | string | '' | null | undefined;
      pageNo: number;
      pageSize: number;
    },
    {
      transcripts: Array<{
        sessid: string;
        name: string;
        roomId: number | null;
        meetingId: number | null;
        startTime: Date;
        endTime: Date | null;
        lines: number;
        mayDelete: boolean;
      }>;
      totalCount: number;
      totalPage: number;
    }
  >;
  /**
   * Sentences of a stored transcript, oldest first: `limit` (500 unless given) after `after`. With `recordId`, times count from the beginning of that recording; there are no sentences if its meeting was not transcribed.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  readTranscript: RemoteMethod<
    | {
        sessid?: string | undefined;
        recordId?: number | string | undefined;
        after?: string | undefined;
        limit?: number | undefined;
      }
    | undefined,
    {
      lines: Array<{
        bg: string;
        ed: string;
        client: Client;
        onebest: string;
        lang?: string | undefined;
        trans?: Record<string, string> | undefined;
        lost?: 'unreachable' | 'slow' | 'refused' | 'overloaded' | undefined;
      }>;
      more: boolean;
    }
  >;
  /**
   * A stored transcript as a file. With `recordId`, `format: "vtt"` gives captions for the player of that recording.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  downloadTranscript: RemoteMethod<
    {
      sessid?: string | undefined;
      recordId?: number | string | undefined;
      format: 'txt' | 'srt' | 'vtt' | 'json';
      lang?: string | undefined;
    },
    { fileName: string; contentType: string; content: string }
  >;
  /**
   * Delete stored transcripts. `result`: 0 all of the list were deleted, 1 none: one is unknown, or its meeting is still being transcribed. For the user who started the transcription, the room’s owner and administrators.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `FORBIDDEN`.
   */
  deleteTranscripts: RemoteMethod<
    { sessids: Array<string> },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * The user’s calls, latest first. `unseen` counts the calls missed since `markCallsSeen`.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  queryCalls: RemoteMethod<
    { pageNo: number; pageSize: number; onlyMissed?: boolean | undefined },
    {
      calls: Array<{
        callId: string;
        outgoing: boolean;
        peer: User;
        type: 1 | 2 | 3;
        state: 'inviting' | 'ringing' | 'agreed' | 'connected' | 'ended';
        reason:
          | 'hungUp'
          | 'cancelled'
          | 'rejected'
          | 'busy'
          | 'noAnswer'
          | 'unreachable'
          | 'failed'
          | 'callerGone'
          | 'calleeGone'
          | 'blocked'
          | 'answeredElsewhere'
          | 'rejectedElsewhere'
          | null;
        missed: boolean;
        startTime: Date;
        endTime: Date | null;
        duration: number;
      }>;
      unseen: number;
      totalCount: number;
      totalPage: number;
    }
  >;
  /**
   * The user has seen the list: calls missed until now are no longer counted in `unseen`.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  markCallsSeen: RemoteMethod<Record<string, never> | undefined, { result: number }>;
  /**
   * Read the user’s settings for incoming calls.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  queryCallSettings: RemoteMethod<
    Record<string, never> | undefined,
    { doNotDisturb: boolean; callWaiting: 'knock' | 'busy' }
  >;
  /**
   * Change the user’s settings for incoming calls; an absent field stays as it is. Answers the settings.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  updateCallSettings: RemoteMethod<
    { doNotDisturb?: boolean | undefined; callWaiting?: 'knock' | 'busy' | undefined } | undefined,
    { doNotDisturb: boolean; callWaiting: 'knock' | 'busy' }
  >;
  /**
   * Block a user, or stop blocking one. A call from a blocked user rings on no device; for that user it ends as unanswered.
   *
   * Goes beyond RTCPeer v3.0.8. Errors of its own: `NOT_FOUND`, `CONFLICT`.
   */
  blockCaller: RemoteMethod<{ userId: number | string; blocked: boolean }, { result: number }>;
  /**
   * The users who are blocked by the user of this session.
   *
   * Goes beyond RTCPeer v3.0.8.
   */
  queryBlockedCallers: RemoteMethod<Record<string, never> | undefined, Array<User> & { users: Array<User> }>;
  /**
   * Subscribe this device to changes of these users’ presence. It replaces the previous subscription; `[]` ends it. Answers their current presence; with `once: true` it only does that.
   *
   * Goes beyond RTCPeer v3.0.8. Events: `presence.changed`.
   */
  watchPresence: RemoteMethod<
    { userIds: Array<number | string>; once?: boolean | undefined },
    Array<{ userId: number; online: boolean; awake: boolean; busy: boolean; devices: Array<string> }> & {
      users: Array<{ userId: number; online: boolean; awake: boolean; busy: boolean; devices: Array<string> }>;
    }
  >;
  /**
   * Log in with account name and password. `result`: 0 logged in, 1 unknown account or wrong password.
   *
   * Section 2.2. Errors of its own: `THROTTLED`.
   */
  login: RemoteMethod<
    { name: string; password: string },
    {
      result: number;
      user?: User | undefined;
      company?: Company | undefined;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Leave the meeting, then log out; the session id is invalid afterwards. `result`: 0 logged out, 1 no user was logged in. `userId` can only be the caller’s own id.
   *
   * Section 2.3, 5.11. Errors of its own: `FORBIDDEN`.
   */
  logout: RemoteMethod<
    { userId?: number | string | undefined } | undefined,
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Read one room. A private room is found only by its members, its owner and administrators.
   *
   * Section 2.6. Errors of its own: `NOT_FOUND`, `THROTTLED`.
   */
  getRoomById: RemoteMethod<{ roomId: number | string }, { room: Room; waitingRoom: boolean }>;
  /**
   * Create a permanent room, owned by the caller.
   *
   * Section 2.7. Errors of its own: `FORBIDDEN`, `THROTTLED`.
   */
  createRoom: RemoteMethod<
    {
      roomtype?: 1 | 2 | 3 | undefined;
      roomType?: 1 | 2 | 3 | undefined;
      name: string;
      desc?: string | null | undefined;
      comment?: string | null | undefined;
      pictureuri?: string | null | undefined;
      logo?: string | null | undefined;
      definition?: '240p' | '480p' | '720p' | '1080p' | '' | null | undefined;
      numberLimit: number;
      isPublic?: boolean | undefined;
      waitingRoom?: boolean | undefined;
    },
    {
      result: number;
      roomId: number | null;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Change a room; absent fields stay as they are. For its owner and administrators.
   *
   * Section 2.8. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  updateRoom: RemoteMethod<
    {
      roomId: number | string;
      roomtype?: 1 | 2 | 3 | undefined;
      roomType?: 1 | 2 | 3 | undefined;
      name?: string | undefined;
      desc?: string | null | undefined;
      comment?: string | null | undefined;
      pictureuri?: string | null | undefined;
      logo?: string | null | undefined;
      definition?: '240p' | '480p' | '720p' | '1080p' | '' | null | undefined;
      numberLimit?: number | undefined;
      isPublic?: boolean | undefined;
      waitingRoom?: boolean | undefined;
    },
    {
      result: number;
      roomId: number | null;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Delete a room with its chat. `result`: 0 deleted, 1 participants are in it. For its owner and administrators.
   *
   * Section 2.9. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  deleteRoom: RemoteMethod<
    { roomId: number | string },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Create a temporary room. It is deleted after it has been empty for a while.
   *
   * Section 2.10. Errors of its own: `FORBIDDEN`, `NOT_FOUND`, `THROTTLED`.
   */
  newTempRoom: RemoteMethod<
    {
      roomtype?: 1 | 2 | 3 | undefined;
      roomType?: 1 | 2 | 3 | undefined;
      name: string;
      desc?: string | null | undefined;
      comment?: string | null | undefined;
      pictureuri?: string | null | undefined;
      logo?: string | null | undefined;
      definition?: '240p' | '480p' | '720p' | '1080p' | '' | null | undefined;
      numberLimit: number;
      isPublic?: boolean | undefined;
      waitingRoom?: boolean | undefined;
      orgId?: number | string | undefined;
      userId?: number | string | undefined;
    },
    { result: number; roomId: number }
  >;
  /**
   * Set a room’s password; an empty string removes it. For its owner and administrators.
   *
   * Section 2.11. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  modifyRoomPwd: RemoteMethod<{ roomId: number | string; password: string }, { result: number }>;
  /**
   * Check whether a password is the room’s. `result`: 1 right, 0 wrong.
   *
   * Section 2.12. Errors of its own: `NOT_FOUND`, `THROTTLED`.
   */
  checkRoomPwd: RemoteMethod<
    { roomId: number | string; password: string },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Check whether a room has a password.
   *
   * Section 2.13. Errors of its own: `NOT_FOUND`, `THROTTLED`.
   */
  checkRoomHasPwd: RemoteMethod<{ roomId: number | string }, { isHasPwd: boolean }>;
  /**
   * Make a user of the company a member of a private room, who may then enter it. For the room’s owner and administrators.
   *
   * Section 2.14. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  addRoomMan: RemoteMethod<{ roomId: number | string; userId: number | string }, { result: number }>;
  /**
   * Remove a member from a private room; `moderatorId` is the member’s user id. For the room’s owner and administrators.
   *
   * Section 2.15. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  deleteRoomMen: RemoteMethod<{ roomId: number | string; moderatorId: number | string }, { result: number }>;
  /**
   * Members of a room, in order of their ids.
   *
   * Section 2.16. Errors of its own: `NOT_FOUND`, `THROTTLED`.
   */
  queryRoomMen: RemoteMethod<
    { roomId: number | string; pageNo?: number | undefined; pageSize?: number | undefined },
    { result: number; moderators: Array<RoomMember>; totalCount: number; totalPage: number }
  >;
  /**
   * Rooms that the caller may enter: own rooms, rooms that the caller is a member of, and the company’s public rooms; for administrators all rooms of the company. Temporary rooms come first; both groups are sorted newest first.
   *
   * Section 2.17.
   */
  queryMyRooms: RemoteMethod<
    { pageNo?: number | undefined; pageSize?: number | undefined } | undefined,
    { rooms: Array<Room>; waitingRooms: Array<number>; totalCount: number; totalPage: number }
  >;
  /**
   * Check whether participants are in a room. `result`: 1 yes, 0 no.
   *
   * Section 2.18. Errors of its own: `NOT_FOUND`, `THROTTLED`.
   */
  checkActiveRoom: RemoteMethod<{ roomId: number | string }, { result: number }>;
  /**
   * Plan a meeting, by default from now for one hour. A room is created for it unless `roomId` names a room of the caller.
   *
   * Section 2.19. Errors of its own: `FORBIDDEN`, `NOT_FOUND`, `THROTTLED`.
   */
  createAppointment: RemoteMethod<
    | {
        name?: string | '' | null | undefined;
        description?: string | null | undefined;
        definition?: '240p' | '480p' | '720p' | '1080p' | '' | null | undefined;
        type?: 1 | 2 | 3 | '' | null | undefined;
        startTime?: Date | number | string | '' | null | undefined;
        endTime?: Date | number | string | '' | null | undefined;
        members?:
          | Array<
              | string
              | {
                  codeId?: string | null | undefined;
                  name?: string | null | undefined;
                  email?: string | null | undefined;
                  role?: 1 | 2 | 3 | '1' | '2' | '3' | '' | null | undefined;
                  id?: number | string | '' | null | undefined;
                }
            >
          | ''
          | null
          | undefined;
        topics?: Array<{ title: string; content?: string | null | undefined }> | '' | null | undefined;
        notify?: boolean | undefined;
        language?: 'zh-CN' | 'en' | '' | null | undefined;
        timeZone?: string | '' | null | undefined;
        waitingRoom?: boolean | undefined;
        repeat?:
          | {
              every: 'day' | 'weekday' | 'week' | 'month';
              days?: Array<number> | undefined;
              count?: number | undefined;
              until?: string | undefined;
            }
          | ''
          | null
          | undefined;
        roomId?: number | string | '' | null | undefined;
        isPublic?: boolean | undefined;
      }
    | undefined,
    {
      result: number;
      roomId: number;
      meetingId: number;
      inviteCode: string;
      url: string;
      mail: { sent: number; unsent: number };
    }
  >;
  /**
   * Read one appointment. For its creator, the users whom it invites and administrators.
   *
   * Section 2.20. Errors of its own: `NOT_FOUND`.
   */
  queryAppointmentById: RemoteMethod<
    { meetingId: number | string },
    {
      meeting: Appointment;
      members: Array<{ codeId: string | null; name: string; email: string | null; role: string; id: number | null }>;
      topics: Array<{ title: string; content: string | null }>;
      roomId: number | null;
      inviteCode: string;
      type: 1 | 2 | 3;
      definition: '240p' | '480p' | '720p' | '1080p';
      isPublic: boolean;
      waitingRoom: boolean;
      mayChange: boolean;
      series: {
        id: number;
        every: 'day' | 'weekday' | 'week' | 'month';
        days: Array<number>;
        day: number | null;
        count: number | null;
        until: string | null;
        timeZone: string;
      } | null;
    }
  >;
  /**
   * Change an appointment. Given lists replace the old ones; absent fields stay as they are. For its creator and administrators.
   *
   * Section 2.21. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  updateAppointment: RemoteMethod<
    {
      meetingId: number | string;
      name?: string | '' | null | undefined;
      description?: string | null | undefined;
      definition?: '240p' | '480p' | '720p' | '1080p' | '' | null | undefined;
      type?: 1 | 2 | 3 | '' | null | undefined;
      startTime?: Date | number | string | '' | null | undefined;
      endTime?: Date | number | string | '' | null | undefined;
      members?:
        | Array<
            | string
            | {
                codeId?: string | null | undefined;
                name?: string | null | undefined;
                email?: string | null | undefined;
                role?: 1 | 2 | 3 | '1' | '2' | '3' | '' | null | undefined;
                id?: number | string | '' | null | undefined;
              }
          >
        | ''
        | null
        | undefined;
      topics?: Array<{ title: string; content?: string | null | undefined }> | '' | null | undefined;
      notify?: boolean | undefined;
      language?: 'zh-CN' | 'en' | '' | null | undefined;
      timeZone?: string | '' | null | undefined;
      waitingRoom?: boolean | undefined;
      isPublic?: boolean | undefined;
      scope?: 'one' | 'all' | undefined;
    },
    {
      result: number;
      roomId: number;
      meetingId: number;
      inviteCode: string;
      url: string;
      mail: { sent: number; unsent: number };
    }
  >;
  /**
   * Cancel an appointment. `result`: 0 cancelled, 2 its meeting is running. For its creator and administrators.
   *
   * Section 2.22. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  deleteAppointment: RemoteMethod<
    {
      meetingId: number | string;
      type?: 1 | 2 | 3 | '' | null | undefined;
      scope?: 'one' | 'all' | undefined;
      notify?: boolean | undefined;
    },
    { result: number; mail: { sent: number; unsent: number } }
  >;
  /**
   * Appointments that the caller created or is invited to and that overlap a span of time, by default the next 72 hours.
   *
   * Section 2.23.
   */
  queryAppointments: RemoteMethod<
    | {
        startTime?: Date | number | string | '' | null | undefined;
        endTime?: Date | number | string | '' | null | undefined;
        pageNo?: number | undefined;
        pageSize?: number | undefined;
      }
    | undefined,
    {
      meetings: Array<Appointment>;
      repeating: Array<{
        meetingId: number;
        series: {
          id: number;
          every: 'day' | 'weekday' | 'week' | 'month';
          days: Array<number>;
          day: number | null;
          count: number | null;
          until: string | null;
          timeZone: string;
        };
      }>;
      totalCount: number;
      totalPage: number;
    }
  >;
  /**
   * Find the room of an appointment by its id or invite code. `result`: 0 open, 3 not started, 4 over or cancelled, 5 unknown. If both are given, the invite code counts. After `result` 0 this connection may enter the room.
   *
   * Section 2.24. Errors of its own: `THROTTLED`.
   */
  getRoomByInviteCode: RemoteMethod<
    | { code?: number | string | '' | null | undefined; inviteCode?: number | string | '' | null | undefined }
    | undefined,
    {
      result: number;
      room: Room | null;
      meeting: Appointment | null;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Appointments of a room, latest first.
   *
   * Section 2.25. Errors of its own: `NOT_FOUND`.
   */
  queryAppointmentsByRoomId: RemoteMethod<
    { roomId: number | string; pageNo: number; pageSize: number },
    { resultList: Array<Appointment>; totalCount: number; totalPage: number }
  >;
  /**
   * Users of the caller’s company, in order of their ids.
   *
   * Section 2.26. Errors of its own: `FORBIDDEN`.
   */
  searchUserByOrgId: RemoteMethod<
    {
      orgId: number | string;
      userId?: number | string | undefined;
      pageNo: number;
      pageSize: number;
      name?: string | undefined;
    },
    { users: Array<User>; levels: Record<string, number>; totalCount: number; totalPage: number }
  >;
  /**
   * Add a user to the caller’s company. `result`: 0 added, 1 the account is taken.
   *
   * Section 2.27. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  addUser: RemoteMethod<
    {
      orgId: number | string;
      account: string | number;
      password: string;
      level: 1 | 2 | 4 | 5 | '1' | '2' | '4' | '5';
      name: string;
      email?: string | null | undefined;
      phone?: string | null | undefined;
      job?: string | null | undefined;
    },
    {
      result: number;
      userId?: number | undefined;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Change the caller’s own profile or, as an administrator, that of a user of the company.
   *
   * Section 2.28. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  modifyUser: RemoteMethod<
    {
      userId: number | string;
      name?: string | undefined;
      phone?: string | null | undefined;
      email?: string | null | undefined;
      address?: string | null | undefined;
      job?: string | null | undefined;
      companyname?: string | null | undefined;
      level?: 1 | 2 | 4 | 5 | '1' | '2' | '4' | '5' | undefined;
    },
    {
      result: number;
      user?: User | undefined;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Delete a user of the caller’s company. The user’s sessions end, the user leaves a running meeting, and the user’s rooms stay with the company.
   *
   * Section 2.29. Errors of its own: `NOT_FOUND`, `FORBIDDEN`, `CONFLICT`.
   */
  deleteUser: RemoteMethod<
    { orgId: number | string; userId: number | string },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * State of the media nodes. Participants and rooms of the caller’s company are counted; for an administrator of the platform, those of all companies.
   *
   * Section 2.30.
   */
  getMediaState: RemoteMethod<
    Record<string, never> | undefined,
    Array<{
      mediaAddress: string;
      mediaId: number;
      mediaName: string;
      participants: number;
      roomSize: string;
      status: number;
    }> & {
      object: Array<{
        mediaAddress: string;
        mediaId: number;
        mediaName: string;
        participants: number;
        roomSize: string;
        status: number;
      }>;
    }
  >;
  /**
   * Recordings of the caller’s company, latest first, of meetings that the caller may see.
   *
   * Section 2.31. Errors of its own: `FORBIDDEN`.
   */
  getRecordByRange: RemoteMethod<
    {
      orgId?: number | string | undefined;
      userId?: number | string | undefined;
      name?: string | undefined;
      startDate?: Date | number | string | '' | null | undefined;
      endDate?: Date | number | string | '' | null | undefined;
      pageNo: number;
      pageSize: number;
    },
    { recordList: Array<MeetingRecord>; totalCount: number; totalPage: number }
  >;
  /**
   * Delete recordings with their files. `result`: 0 all of the list were deleted, 1 none. For the user who recorded, the room’s owner and administrators.
   *
   * Section 2.32. Errors of its own: `FORBIDDEN`.
   */
  deleteRecords: RemoteMethod<
    { recordIds: Array<number | string> },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Start a meeting now: creates an appointment with a room of its own, from now for one hour unless times are given.
   *
   * Section 2.33. Errors of its own: `FORBIDDEN`, `NOT_FOUND`, `THROTTLED`.
   */
  instantAppointment: RemoteMethod<
    {
      name: string;
      orgId?: number | string | undefined;
      oraId?: number | string | undefined;
      userId?: number | string | undefined;
      startTime?: Date | number | string | '' | null | undefined;
      endTime?: Date | number | string | '' | null | undefined;
      type?: 1 | 2 | 3 | '' | null | undefined;
      isPublic?: boolean | undefined;
      waitingRoom?: boolean | undefined;
    },
    {
      result: number;
      roomId: number | null;
      meetingId: number | null;
      inviteCode: string | null;
      url: string | null;
      mail: { sent: number; unsent: number };
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Change the caller’s own password and end the caller’s other sessions. `result`: 0 changed, 1 the old password is wrong, 2 the account has no password.
   *
   * Section 2.34. Errors of its own: `FORBIDDEN`, `THROTTLED`.
   */
  modifyPassword: RemoteMethod<
    { userId: number | string; oldpassword: string; password: string },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Set a new password for a user of the caller’s company and end all sessions of that user.
   *
   * Section 2.35. Errors of its own: `NOT_FOUND`, `FORBIDDEN`.
   */
  resetPassword: RemoteMethod<
    { userId: number | string; password: string },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /**
   * Call a user: all registered devices of that user ring. `result` is 0 when at least one device was told, 1 when none is online. Without `roomId` a private room is made for the call.
   *
   * Section 4.1, 5.1. Errors of its own: `NOT_FOUND`, `CONFLICT`, `THROTTLED`, `FORBIDDEN`. Events: `call.doInvite`, `call.changed`.
   */
  call: RemoteMethod<
    {
      targetUserId: number | string;
      targetDeviceType?: string | null | undefined;
      ownUserId?: number | string | undefined;
      ownDeviceType?: string | null | undefined;
      callId?: string | undefined;
      type?: 1 | 2 | 3 | null | undefined;
      roomId?: number | string | null | undefined;
      data?: string | undefined;
      ringFor?: number | undefined;
    },
    { result: number; roomId: number | null; callId: string; glare: boolean }
  >;
  /**
   * Accept a call on this device. The callee’s other devices stop ringing.
   *
   * Section 4.2, 5.2. Errors of its own: `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`. Events: `call.doAgree`, `call.cancel`, `call.changed`.
   */
  agree: RemoteMethod<
    {
      targetUserId: number | string;
      targetDeviceType?: string | null | undefined;
      ownUserId?: number | string | undefined;
      ownDeviceType?: string | null | undefined;
      callId?: string | undefined;
      type?: 1 | 2 | 3 | null | undefined;
      roomId?: number | string | null | undefined;
    },
    { result: number; roomId: number; callId: string; type: 1 | 2 | 3 }
  >;
  /**
   * Decline a call, on all devices of the callee.
   *
   * Section 4.3, 5.3. Errors of its own: `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`. Events: `call.reject`, `call.cancel`, `call.changed`.
   */
  reject: RemoteMethod<
    {
      targetUserId: number | string;
      targetDeviceType?: string | null | undefined;
      ownUserId?: number | string | undefined;
      ownDeviceType?: string | null | undefined;
      callId?: string | undefined;
    },
    { result: number }
  >;
  /**
   * Withdraw a call that was not answered, or hang up one that was.
   *
   * Section 4.4, 5.4. Errors of its own: `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`. Events: `call.cancel`, `call.changed`.
   */
  cancel: RemoteMethod<
    {
      targetUserId: number | string;
      targetDeviceType?: string | null | undefined;
      ownUserId?: number | string | undefined;
      ownDeviceType?: string | null | undefined;
      callId?: string | undefined;
    },
    { result: number }
  >;
  /**
   * Tell the caller that this device rings.
   *
   * Section 4.5, 5.7. Errors of its own: `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`. Events: `call.doEvent`, `call.changed`.
   */
  ring: RemoteMethod<
    {
      targetUserId: number | string;
      targetDeviceType?: string | null | undefined;
      ownUserId?: number | string | undefined;
      ownDeviceType?: string | null | undefined;
      callId?: string | undefined;
    },
    { result: number }
  >;
  /**
   * Report that this device is busy: it no longer rings for the call. The call ends as busy when no other device of the callee is left that can ring.
   *
   * Section 4.6, 5.8. Errors of its own: `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`. Events: `call.doEvent`, `call.changed`.
   */
  busy: RemoteMethod<
    {
      targetUserId: number | string;
      targetDeviceType?: string | null | undefined;
      ownUserId?: number | string | undefined;
      ownDeviceType?: string | null | undefined;
      callId?: string | undefined;
    },
    { result: number }
  >;
  /**
   * Tell the callee, who agreed, that the caller has entered the room; the callee enters it then.
   *
   * Section 4.7, 5.9. Errors of its own: `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`. Events: `call.doEvent`, `call.changed`.
   */
  connected: RemoteMethod<
    {
      targetUserId: number | string;
      targetDeviceType?: string | null | undefined;
      ownUserId?: number | string | undefined;
      ownDeviceType?: string | null | undefined;
      callId?: string | undefined;
      roomId: number | string;
      roomType?: 1 | 2 | 3 | null | undefined;
    },
    { result: number }
  >;
  /**
   * Send an event to the other side of a call. `onRinging`, `onBusy` and `onConnected` do what `ring`, `busy` and `connected` do; other names are passed on.
   *
   * Section 4.8, 5.5. Errors of its own: `NOT_FOUND`, `CONFLICT`, `FORBIDDEN`, `THROTTLED`. Events: `call.doEvent`.
   */
  doEvent: RemoteMethod<
    {
      targetUserId: number | string;
      targetDeviceType?: string | null | undefined;
      ownUserId?: number | string | undefined;
      ownDeviceType?: string | null | undefined;
      callId?: string | undefined;
      event: string;
      roomId?: number | string | null | undefined;
      roomType?: 1 | 2 | 3 | null | undefined;
      data?: string | undefined;
    },
    { result: number }
  >;
  /**
   * Register this device for calls to its user, until it logs out or its connection ends. It also gets calls that are ringing already. With `SID` this may be the first message on a socket. Without a login, with the option `logout: true`, the page chooses a `userId`: within the app it identifies this guest for as long as the session lasts.
   *
   * Section 4.9, 5.6. Errors of its own: `UNAUTHENTICATED`, `FORBIDDEN`, `NOT_FOUND`, `CONFLICT`. Events: `call.doInvite`, `call.changed`.
   */
  doRegister: RemoteMethod<
    | {
        SID?: string | undefined;
        userId?: number | string | undefined;
        deviceType?: string | null | undefined;
        callId?: string | undefined;
      }
    | undefined,
    { result: number }
  >;
  /**
   * Create a temporary room from an app.
   *
   * Section 5.10. Errors of its own: `FORBIDDEN`, `THROTTLED`.
   */
  newAppRoom: RemoteMethod<
    {
      name: string;
      numberLimit: number;
      roomtype?: 1 | 2 | 3 | undefined;
      roomType?: 1 | 2 | 3 | undefined;
      userId?: number | string | undefined;
      isPublic?: boolean | undefined;
      waitingRoom?: boolean | undefined;
    },
    { result: number; roomId: number }
  >;
  /**
   * Plan a meeting from a back end or an app, with all parameters that the platform supports.
   *
   * Section 5.12. Errors of its own: `FORBIDDEN`, `NOT_FOUND`, `THROTTLED`.
   */
  newMeeting: RemoteMethod<
    {
      name: string;
      description?: string | null | undefined;
      definition?: '240p' | '480p' | '720p' | '1080p' | '' | null | undefined;
      type?: 1 | 2 | 3 | '' | null | undefined;
      startTime?: Date | number | string | '' | null | undefined;
      endTime?: Date | number | string | '' | null | undefined;
      members?:
        | Array<
            | string
            | {
                codeId?: string | null | undefined;
                name?: string | null | undefined;
                email?: string | null | undefined;
                role?: 1 | 2 | 3 | '1' | '2' | '3' | '' | null | undefined;
                id?: number | string | '' | null | undefined;
              }
          >
        | ''
        | null
        | undefined;
      topics?: Array<{ title: string; content?: string | null | undefined }> | '' | null | undefined;
      notify?: boolean | undefined;
      language?: 'zh-CN' | 'en' | '' | null | undefined;
      timeZone?: string | '' | null | undefined;
      waitingRoom?: boolean | undefined;
      repeat?:
        | {
            every: 'day' | 'weekday' | 'week' | 'month';
            days?: Array<number> | undefined;
            count?: number | undefined;
            until?: string | undefined;
          }
        | ''
        | null
        | undefined;
      hour?: number | string | '' | null | undefined;
      leverage?: number | string | '' | null | undefined;
      isPublic?: boolean | undefined;
      pin?: number | string | undefined;
      template?: number | string | '' | null | undefined;
      postUrl?: string | null | undefined;
      orgId?: number | string | undefined;
      userId?: number | string | undefined;
      roomId?: number | string | '' | null | undefined;
      baseURL?: string | null | undefined;
    },
    {
      result: number;
      roomId: number | null;
      meetingId: number | null;
      inviteCode: string | null;
      url: string | null;
      mail: { sent: number; unsent: number };
      id: number | null;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /** @deprecated An old name of `updateRoom`. */
  upadteRoom: RemoteMethod<
    {
      roomId: number | string;
      roomtype?: 1 | 2 | 3 | undefined;
      roomType?: 1 | 2 | 3 | undefined;
      name?: string | undefined;
      desc?: string | null | undefined;
      comment?: string | null | undefined;
      pictureuri?: string | null | undefined;
      logo?: string | null | undefined;
      definition?: '240p' | '480p' | '720p' | '1080p' | '' | null | undefined;
      numberLimit?: number | undefined;
      isPublic?: boolean | undefined;
      waitingRoom?: boolean | undefined;
    },
    {
      result: number;
      roomId: number | null;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /** @deprecated An old name of `queryMyRooms`. */
  queryRoomsUniq: RemoteMethod<
    { pageNo?: number | undefined; pageSize?: number | undefined } | undefined,
    { rooms: Array<Room>; waitingRooms: Array<number>; totalCount: number; totalPage: number }
  >;
  /** @deprecated An old name of `modifyPassword`. */
  modifyPasswrod: RemoteMethod<
    { userId: number | string; oldpassword: string; password: string },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /** @deprecated An old name of `resetPassword`. */
  resetPasswrod: RemoteMethod<
    { userId: number | string; password: string },
    {
      result: number;
      code?: ErrorCode | undefined;
      message?: string | undefined;
      details?: Record<string, unknown> | undefined;
    }
  >;
  /** @deprecated An old name of `busy`. */
  tellBusy: RemoteMethod<
    {
      targetUserId: number | string;
      targetDeviceType?: string | null | undefined;
      ownUserId?: number | string | undefined;
      ownDeviceType?: string | null | undefined;
      callId?: string | undefined;
    },
    { result: number }
  >;
}

/** What each event carries. */
export interface RTCPeerEvents {
  /** The user clicked one of the page’s own buttons in the toolbar. Goes beyond RTCPeer v3.0.8. */
  onButton: { id: string };
  /** With `callScreens` or `receiver`: a call rings in this widget. `audible` is false where the browser blocks the ringtone until the user has clicked: the page can play its own. `text` says who calls, for a notification of the page. Goes beyond RTCPeer v3.0.8. */
  callRinging: { callId: string; audible: boolean; peer: User; type: 1 | 2 | 3; text: string };
  /** The call of a `callRinging` event no longer rings in this widget: it was answered or silenced, or it has ended. Goes beyond RTCPeer v3.0.8. */
  callSilent: { callId: string };
  /** With `callScreens` or `receiver`: how much of the page the frame needs. `none`: nothing, it can be hidden; `card`: a card of `width` × `height` CSS pixels; `full`: as much as possible. The SDK resizes the frame accordingly unless `callFrame` is `page`. Goes beyond RTCPeer v3.0.8. */
  frameWanted: { view: 'none' | 'card' | 'full'; width: number; height: number };
  /** The user drags the card by this many CSS pixels. Goes beyond RTCPeer v3.0.8. */
  frameDragged: { x: number; y: number };
  /** The state of the connection to the platform changed. Goes beyond RTCPeer v3.0.8. */
  connectionChanged: { connection: 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'failed' };
  /** The platform was updated after this widget was loaded; `build` names the new build. A running meeting continues. The widget offers the user to reload it; the page may reload it when no meeting is running. Goes beyond RTCPeer v3.0.8. */
  outdated: { build: string };
  /** An error that no call of the page caused. The widget shows it to the user, too. `fault` names what is wrong with a proxy in front of the platform; docs/deployment.md says what to set. Goes beyond RTCPeer v3.0.8. */
  failed: {
    code: string;
    message: string;
    fault?: 'upgrade' | 'answer' | 'path' | 'host' | 'publicOrigin' | undefined;
  };
  /** The state of one of this user’s calls changed. Sent to the devices that take part in the call. Goes beyond RTCPeer v3.0.8. */
  callChanged: {
    callId: string;
    state: 'inviting' | 'ringing' | 'agreed' | 'connected' | 'ended';
    reason:
      | 'hungUp'
      | 'cancelled'
      | 'rejected'
      | 'busy'
      | 'noAnswer'
      | 'unreachable'
      | 'failed'
      | 'callerGone'
      | 'calleeGone'
      | 'blocked'
      | 'answeredElsewhere'
      | 'rejectedElsewhere'
      | null;
    outgoing: boolean;
    peer: User;
    type: 1 | 2 | 3;
    roomId: number | null;
    remaining: number | null;
  };
  /** The presence of users that this device watches changed. Goes beyond RTCPeer v3.0.8. */
  presenceChanged: {
    users: Array<{ userId: number; online: boolean; awake: boolean; busy: boolean; devices: Array<string> }>;
  };
  /** The moderator locked or unlocked the meeting. `userId` is the moderator. Goes beyond RTCPeer v3.0.8. */
  onLock: { userId: number; roomId: number; isLocked: boolean };
  /** For the moderator only: the waiting room was turned on or off, or the people in it changed. Each event has the whole list. A participant who becomes the moderator gets it, too. Goes beyond RTCPeer v3.0.8. */
  onWaitingRoom: {
    roomId: number;
    isOn: boolean;
    waiting: Array<{ id: number; name: string; photo: string | null; userId: number | null; since: number }>;
  };
  /** For a client that waits for the answer to `meeting.enter`. `waiting`: it waits in the waiting room; `admitted`: the moderator admitted it; `refused`: the moderator refused it; `ended`: the waiting ended for another reason, for example because the meeting was ended or became full. Until it is admitted, the client gets no other event of the meeting. Goes beyond RTCPeer v3.0.8. */
  onWaiting: { roomId: number; state: 'waiting' | 'admitted' | 'refused' | 'ended'; hasModerator: boolean };
  /** Reactions of the last quarter of a second. `userId` is the `Client.id` of the participant, `count` how often it sent the reaction. Goes beyond RTCPeer v3.0.8. */
  onReaction: {
    roomId: number;
    reactions: Array<{ userId: number; reaction: '👍' | '👏' | '❤️' | '😂' | '😮' | '🎉'; count: number }>;
  };
  /** What a participant said from `bg` to `ed` could not be transcribed. If an unfinished sentence with this `bg` was sent, it will not be finished. Goes beyond RTCPeer v3.0.8. */
  onTranscriptionGap: {
    bg: string;
    ed: string;
    client: Client;
    reason: 'unreachable' | 'slow' | 'refused' | 'overloaded';
  };
  /** The transcription was started, stopped, paused or resumed, or the speech engine fails or works again. Goes beyond RTCPeer v3.0.8. */
  onTranscribe: {
    state: 'off' | 'on' | 'paused';
    sessid: string | null;
    by: Client | null;
    lang: string | null;
    problem: 'unreachable' | 'slow' | 'refused' | 'overloaded' | null;
    languages: Array<string>;
  };
  /** The moderator ended the meeting. `userId` is the moderator. Section 3.3. */
  onFinish: { userId: number; roomId: number };
  /** The server receives the caller’s own audio and video. Section 3.4. */
  onLocalPublished: { roomId: number; client: Client };
  /** The moderator muted a participant (the server has done it already), or asks a muted participant to un-mute; or a participant muted or un-muted itself with `muteMsg`. All participants get it. `userId` is the participant concerned; `fromSuper` is true when the moderator called. Section 3.9. */
  onMute: {
    userId: number;
    roomId: number;
    isMute: boolean;
    super?: string | undefined;
    fromSuper?: boolean | undefined;
  };
  /** The moderator muted all other participants (the server has done it already), or asks them to un-mute. `userId` is the moderator. Section 3.10. */
  onMuteAll: { userId: number; roomId: number; isMute: boolean };
  /** The moderator removed a participant, who has already left the meeting. Section 3.11. */
  tiren: { userId: number; roomId: number };
  /** A participant raised or lowered a hand. Section 3.12. */
  onRaiseHand: { client: Client; roomId: number; raised: boolean };
  /** A participant was made moderator. Section 3.17. */
  onCompere: { userId: number; roomId: number };
  /** Another participant began to share a screen, or ended it: then `shareScreenId` is `null`. Also sent on entering a meeting in which a screen is shared. Section 3.18. */
  onShareScreen: { shareScreenId: number | null; roomId: number; client: Client };
  /** The caller’s own share began (`play`) or ended (`stop`): by a call, in the interface, in the browser’s own bar, or because the moderator took over. Section 3.18. */
  shareScreen: { type: 'play' | 'stop'; shareScreenId: number };
  /** The recording on the user’s device began, ended, was paused or resumed: by a call, in the interface or in the browser’s own bar. With `stopLocalRecord` the file has been saved. Section 3.25. */
  onLocalRecord: { type: 'startLocalRecord' | 'stopLocalRecord' | 'pauseLocalRecord' | 'resumeLocalRecord' };
  /** A participant entered; also sent for the caller. `result: 9`: this account entered on another device and this one leaves. Section 3.25. */
  EnterRoom: { roomId: number; client: Client; result?: number | undefined };
  /** A participant left; also sent for the caller. Section 3.25. */
  ExitRoom: { roomId: number; client: Client };
  /** A participant’s video starts (`play`) or ends (`close`, `audioMode`). `vCode: rePlay`: `client.peerId` is new. Section 3.25. */
  onPublished: { roomId: number; client: Client; event: 'play' | 'close' | 'audioMode'; vCode?: 'rePlay' | undefined };
  /** The network is poor: 1001 upload, 1002 download. Section 3.25. */
  onLinkSlow: { code: 1001 | 1002 };
  /** A participant sent a chat message. The sender gets the event, too. Section 3.26. */
  onChat: ChatMessage;
  /** A private chat message, for its sender and its recipient (`otherUserId`) only. A page without a listener for it gets it as `onChat`, with `private: true`. Section 3.27. */
  onPrivateChat: ChatMessage;
  /** What a participant says: `data.var` while the sentence is not finished, then once `data.onebest`, without `var`. The same `bg` means the same sentence. With `trans`, translations of a finished sentence. Section 3.28. */
  onTranscription: {
    data: {
      var?: string | undefined;
      onebest?: string | undefined;
      bg: string;
      ed?: string | undefined;
      lang?: string | undefined;
      trans?: Record<string, string> | undefined;
    };
    client: Client;
  };
  /** Devices were connected or removed, or another device is in use. Section 3.33. */
  deviceChanged: { devices: Array<MediaDevice> };
  /** The server’s recording of the meeting began (`startRecord`) or ended (`stopRecord`), its file is being made (`processing`), can be played (`ready`) or could not be made (`failed`). Section 3.35. */
  onRecord: {
    roomId: number;
    recordId: number;
    type: 'startRecord' | 'stopRecord' | 'processing' | 'ready' | 'failed';
    client: Client | null;
    startedAt?: number | undefined;
    isAnnounced?: boolean | undefined;
    format?: 'mp4' | 'webm' | 'm4a' | undefined;
    progress?: number | undefined;
    reason?:
      | 'cancelled'
      | 'noMedia'
      | 'captureFailed'
      | 'composeFailed'
      | 'ffmpegMissing'
      | 'storageFull'
      | 'storageReadOnly'
      | 'storageUnavailable'
      | 'storageRefused'
      | 'filesMissing'
      | undefined;
  };
  /** The moderator renamed the meeting. `userId` is the moderator. Section 3.44. */
  onUpdateMeeting: { userId: number; roomId: number; appointmentName: string };
  /** A participant was renamed. `userId` is that participant. Section 3.45. */
  onUpdateClient: { userId: number; roomId: number; client: Client };
  /** Volume of the caller’s own microphone, 0 to 30000, about ten times a second while `getMicVolume` wants it; 0 while it is off. Section 3.47. */
  micVolume: { volume: number };
  /** The active speaker changed. Sent at most 4 times a second. Section 3.48. */
  memberTalking: { member: Client };
  /** A user calls. `ownUserId` is the caller. Section 4.1, 5.1. */
  doInvite: {
    callId: string;
    ownUserId: number;
    ownDeviceType: string | null;
    type: 1 | 2 | 3;
    roomId: number;
    ownUser: User;
    data: string | null;
    remaining: number;
    waiting: boolean;
  };
  /** The callee accepted. The caller’s device enters the room and calls `connected`. Section 4.2, 5.2. */
  doAgree: { callId: string; ownUserId: number; ownDeviceType: string | null; roomId: number; type: 1 | 2 | 3 };
  /** The callee declined. Section 4.3, 5.3. */
  reject: { callId: string; ownUserId: number; ownDeviceType: string | null };
  /** The call is over for this device. `reason` says why: `timeout` when nobody answered in time; `answeredElsewhere` and `rejectedElsewhere` go to the callee’s other devices. Section 4.4, 5.4. */
  cancel: {
    callId: string;
    ownUserId: number;
    ownDeviceType: string | null;
    reason:
      | 'hungUp'
      | 'cancelled'
      | 'rejected'
      | 'busy'
      | 'noAnswer'
      | 'unreachable'
      | 'failed'
      | 'callerGone'
      | 'calleeGone'
      | 'blocked'
      | 'answeredElsewhere'
      | 'rejectedElsewhere'
      | 'timeout';
  };
  /** The other side sent an event: `onRinging`, `onBusy`, `onConnected` (with `roomId` and `roomType`), or one of the page’s own. `onUnreachable` comes from the platform: no device rings yet. Section 4.5 to 4.8, 5.5. */
  doEvent: {
    callId: string;
    ownUserId: number;
    ownDeviceType: string | null;
    event: string;
    roomId: number | null;
    roomType: 1 | 2 | 3 | null;
    data: string | null;
  };
}

/** Every error that a caller can meet, as a stable string. */
export type ErrorCode =
  /** An argument is missing, of the wrong type or out of range. Look at details.field and details.expected. */
  | 'INVALID_ARGUMENT'
  /** The sign or the session is missing, expired, revoked or forged. Get a new sign from your back end, or log in again. */
  | 'UNAUTHENTICATED'
  /** The caller is known but may not do this. Check the role of the user, or ask a moderator. */
  | 'FORBIDDEN'
  /** The object that the call names does not exist, or the caller may not see it. Check the id. */
  | 'NOT_FOUND'
  /** The call contradicts the current state. Read the state again, then decide. */
  | 'CONFLICT'
  /** The room already has as many participants as numberLimit allows. Try later, or raise numberLimit. */
  | 'ROOM_FULL'
  /** The room cannot be entered now. Wait for the start of the appointment, or until the moderator unlocks the meeting (`details.reason`). */
  | 'ROOM_NOT_OPEN'
  /** The room needs a password; the given one is wrong or missing. Ask the user for the password. */
  | 'WRONG_PASSWORD'
  /** Too many attempts. Wait for details.retryAfter milliseconds. */
  | 'THROTTLED'
  /** Another participant is sharing a screen. Wait until that participant stops sharing. The moderator may take over. */
  | 'SHARE_IN_USE'
  /** The browser or the user refused access to a device. Ask the user to allow it in the address bar; check that no outer frame lacks the allow attribute. */
  | 'PERMISSION_DENIED'
  /** There is no such camera, microphone or speaker. Take part without the device, or connect one. */
  | 'DEVICE_NOT_FOUND'
  /** Another program holds the device. Close the other program and try again. */
  | 'DEVICE_IN_USE'
  /** The call needs a meeting, and the caller is in none. Call meeting.enter first. */
  | 'NOT_IN_MEETING'
  /** The call was not answered in time. Try again; the first call may have succeeded. */
  | 'TIMEOUT'
  /** The connection to the platform is lost. Wait for connectionChanged. */
  | 'DISCONNECTED'
  /** The frame was reloaded while the call was running. Call again. */
  | 'FRAME_RELOADED'
  /** The frame did not load, or lacks a permission that the page must grant; the message says why. Follow the message: secure context, allowed origins, sandbox, allow, or an unreachable host. */
  | 'FRAME_BLOCKED'
  /** The RTCPeer was destroyed. Create a new one. */
  | 'DESTROYED'
  /** The widget or the server has no such method, or the browser lacks a feature. Ask rtcPeer.supports(name) first. */
  | 'UNSUPPORTED'
  /** The two sides speak different major versions. Update the older one; the message names both. */
  | 'VERSION_MISMATCH'
  /** The platform cannot store anything: its disk is full, or may not be written to. Nothing was changed. Tell the administrator of the platform, who sees this at /healthz, too. Try again later. */
  | 'STORAGE_FULL'
  /** A fault of the platform. Report the id that the message carries. */
  | 'INTERNAL';
/** The plain object that postMessage, socket and HTTP carry for an {@link RTCPeerError}. */
export type ErrorShape = {
  code: ErrorCode;
  message: string;
  /** For `INVALID_ARGUMENT`: `{field, expected}`. For `THROTTLED`: `{retryAfter}` in milliseconds. */
  details?: Record<string, unknown> | undefined;
};
/**
 * The one error class of the product. Rejections of every public method are instances of it.
 *
 * @example
 * rtcPeer.meeting.enter({ roomId: 1012 }).catch((error) => {
 *   if (error.code === 'WRONG_PASSWORD') askForPassword();
 * });
 */
export declare class RTCPeerError extends Error {
  readonly code: ErrorCode;
  readonly details: Record<string, unknown> | undefined;
  constructor(code: ErrorCode, message: string, details?: Record<string, unknown>, cause?: unknown);
  /** The plain object that survives structured cloning and JSON, where class instances do not. */
  toJSON(): ErrorShape;
  /** Makes an `RTCPeerError` of any value that was thrown or received; an unknown value or code becomes `INTERNAL`. */
  static from(shape: unknown): RTCPeerError;
}

export type Callback<R> = (value: R) => void;
/** One object, which may have a `callback` that is called once after success, with the value of the promise. */
export type WithCallback<I, R> =
  I extends Record<string, never>
    ? {
        callback?: Callback<R> | undefined;
      }
    : I extends object
      ? I & {
          callback?: Callback<R> | undefined;
        }
      : I;
type First<P extends readonly unknown[]> = P extends readonly [infer F, ...unknown[]] ? F : never;
type Arguments<I, R, P extends readonly unknown[]> =
  | (undefined extends I
      ? [input?: WithCallback<Exclude<I, undefined>, R> | First<P> | Callback<R>, callback?: Callback<R>]
      : [input: WithCallback<I, R> | First<P>, callback?: Callback<R>])
  | (P extends readonly [unknown, unknown, ...unknown[]] ? [...values: P, callback?: Callback<R>] : never);
/**
 * A method that runs in the frame. It takes one object `I` (none, where `I` may be `undefined`) or the plain values
 * `P`, and a `callback` in the object or after them. It rejects with an `RTCPeerError`.
 */
export type RemoteMethod<I, R, P extends readonly unknown[] = []> = (...given: Arguments<I, R, P>) => Promise<R>;

/**
 * What `new RTCPeer(options)` takes (section 2.1). All other fields than the ones below are sent to the widget as they
 * are.
 */
export type RTCPeerOptions = Omit<WidgetOptions, 'sign'> & {
  /**
   * Address of the platform's widget, such as `https://meet.example.com/app`. It ends in `/app`, and is of another
   * origin than the page.
   */
  host: string;
  /** The container of the frame: an element or a selector. Default: the end of the page's body. */
  container?: Element | string;
  /** API sign (6.1), or a function that fetches one; the function is asked again when the sign expires. */
  sign?: string | (() => string | Promise<string>);
  /** The app that the sign belongs to. Default: the part of the sign before its first dot. */
  appId?: string;
  /** Milliseconds until a call rejects with `TIMEOUT` and the frame counts as blocked. Default 15,000. */
  timeout?: number;
};

/**
 * Every method that a page can call, old names included. Names that begin with `meeting.` are methods of
 * `rtcPeer.meeting`.
 */
export type MethodName = keyof PlatformMethods | `meeting.${keyof MeetingMethods & string}`;
export type EventName = keyof RTCPeerEvents | 'stateChanged';
export type EventPayload<N extends EventName> = N extends keyof RTCPeerEvents ? RTCPeerEvents[N] : MirroredState;
/** Ends the subscription when called; can also be chained: `rtcPeer.on(…).on(…)`. */
export type Unsubscribe = (() => void) & Pick<RTCPeer, 'on' | 'off'>;
/** The interface of a page to the meeting in its frame (section 2.1). */
export type RTCPeer = PlatformMethods & {
  readonly meeting: MeetingMethods & {
    /** How long the meeting has been running by the server's clock, in milliseconds; 0 outside a meeting (3.30). */
    getMeetingTimeLength(): number;
  };
  /**
   * Mirror of the widget's state. A new object after every change, announced with `stateChanged`; a listener that
   * subscribes later gets the current state.
   */
  readonly state: MirroredState;
  /**
   * Resolves when the widget is ready for calls; rejects with the reason when it cannot be loaded. A new promise after
   * each reload.
   */
  readonly ready: Promise<void>;
  readonly iframe: HTMLIFrameElement;
  readonly utils: {
    /** `48000` → `00:00:48`. */
    dateTimeFormat(milliseconds: number): string;
  };
  /** Adds a listener to an event (3.25). A listener of `'*'` gets all events. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): Unsubscribe;
  on(name: '*', listener: (name: EventName, payload: unknown) => void): Unsubscribe;
  /** Names may carry spaces around them and may be unknown to this version. */
  on(name: string & {}, listener: (payload: never) => void): Unsubscribe;
  /** Removes one listener of an event, or all of them (3.25). */
  off(name: EventName | '*' | (string & {}), listener?: (...payload: never[]) => void): RTCPeer;
  /** The user who is logged in, else `null` (2.4). */
  getCurrentUser(): User | null;
  /** The company of the user who is logged in, else `null` (2.5). */
  getCurrentCompany(): Company | null;
  /** True when the widget knows the method; false for all before `ready`. */
  supports(name: MethodName | (string & {})): boolean;
  /** Leaves the meeting, stops the devices, closes the channel and removes the frame. Calling it twice is fine. */
  destroy(): Promise<void>;
};
export type RTCPeerConstructor = {
  new (options: RTCPeerOptions): RTCPeer;
  readonly prototype: RTCPeer;
  /** The same as `new RTCPeer({...options, container: target})`. */
  mount(target: Element | string, options: RTCPeerOptions): RTCPeer;
};

/** `<meeting-frame>`: dispatches every event of its `rtcPeer` as a CustomEvent whose `detail` is the payload. */
export type MeetingFrameElement = HTMLElement & {
  readonly rtcPeer: RTCPeer | undefined;
};
/**
 * Defines `<meeting-frame host room sign sign-url app-id name locale theme>`. Calling it twice is fine.
 *
 * Attributes may change at any time. `locale` and `theme` change in place; `host` and `room` reload the widget, which
 * leaves the meeting; `name` does so outside a meeting only. A new `sign` or `sign-url` is used when the widget asks
 * for a fresh sign, so that a meeting goes on; it reloads a widget that is not connected.
 */
export declare const defineElement: (tag?: string) => void;
declare global {
  interface HTMLElementTagNameMap {
    'meeting-frame': MeetingFrameElement;
  }
}

/** Mounts the meeting; see {@link RTCPeerConstructor} for how, and the type of the same name for what then. */
export declare const RTCPeer: RTCPeerConstructor;
