import type { RecordFormat, RecordReason } from '@meetframe/contract/beans';
import type { CallWaiting } from '@meetframe/contract/callLists';
import type { CallReason, CallState } from '@meetframe/contract/calls';
import type { Generated, Selectable } from 'kysely';

/** Booleans are 0 and 1, times are milliseconds since 1970: the same in every database. */
type Company = {
  id: Generated<number>;
  name: string;
  email: string | null;
  phone: string | null;
  logo: string | null;
  address: string | null;
  /** 1: its people see one another's e-mail addresses and telephones. */
  contactOpened: Generated<number>;
};
/** What a user may do by itself; levels 1, 2, 4 and 5 of section 2.27. */
export type Role = 'platformAdmin' | 'companyAdmin' | 'user' | 'attendee';
type User = {
  id: Generated<number>;
  /** Unique within `appId`. When a user is deleted, it is changed so that the account is free again. */
  account: string;
  password: string | null;
  name: string;
  email: string | null;
  phone: string | null;
  photo: string | null;
  companyId: number | null;
  role: Role;
  /** The app through which this user signs on; accounts are unique within it. Empty for the platform’s own users. */
  appId: string;
  job: string | null;
  address: string | null;
  /** Shown instead of the company’s name. */
  companyName: string | null;
  createdAt: Generated<number>;
  deletedAt: number | null;
};
type Session = {
  /** Hash of the session id. It cannot be used to log in. */
  hash: string;
  userId: number;
  createdAt: number;
  expiresAt: number;
  /** Updated at most once an hour. */
  lastSeenAt: Generated<number>;
  /** Address and terminal of the login. */
  ip: Generated<string>;
  device: Generated<string>;
};
type App = {
  id: string;
  name: string;
  /** Hashed like a password. */
  secret: string;
  /** Changes with the secret. A sign is valid only while the app has the key that the sign names. */
  keyId: string;
  companyId: number;
  /** Separated by spaces. */
  origins: string;
  callbackUrl: string | null;
  createdAt: Generated<number>;
  /** 1 when a sign alone signs its users on. */
  trustPages: Generated<number>;
};
type Room = {
  id: Generated<number>;
  name: string;
  ownerId: number | null;
  companyId: number | null;
  roomType: number;
  definition: string;
  numberLimit: number;
  isPublic: number;
  password: string | null;
  logo: string | null;
  comment: string | null;
  temporary: number;
  /** 1 when the room was made for a call: it is in no list. */
  ofCall: Generated<number>;
  usedAt: number;
  createdAt: Generated<number>;
  /** The appointment for which this room was created; entry is limited to its times. */
  appointmentId: number | null;
  /** 1 when guests wait until they are let in. */
  waitingRoom: Generated<number>;
};
type RoomMember = { roomId: number; userId: number; role: Generated<number> };
/** A meeting that ran, or runs, in a room. */
type Meeting = {
  id: string;
  roomId: number;
  startedAt: number;
  /** Updated at most every minute while the meeting runs. */
  seenAt: number;
  /** `null` while the meeting runs, and after the server that ran it was lost. */
  endedAt: number | null;
  /** While the meeting is locked: who may come back, see `Door`. */
  lockedFor: Generated<string | null>;
  /** 1 or 0 when its moderator turned the waiting room on or off. */
  waitingRoom: Generated<number | null>;
  /** While it has a waiting room: who need not wait again, see `Door`. */
  admitted: Generated<string | null>;
};
type ChatMessage = {
  id: Generated<number>;
  /** `null` for lines written before meetings had ids. */
  meetingId: string | null;
  roomId: number;
  clientId: number;
  userId: number | null;
  name: string;
  content: string;
  time: number;
  /** A row of `chat_file`, which may have been deleted. */
  fileId: number | null;
  /** The line that is replied to, as JSON. */
  replyTo: string | null;
};
/** A file of the chat. It counts from when it was announced, with all of its bytes. */
type ChatFile = {
  id: Generated<number>;
  /** Name in the folder of recordings. */
  file: string;
  meetingId: string;
  companyId: number | null;
  /** `Client.id` of the sender. */
  clientId: number;
  /** 1: for one recipient only. */
  isPrivate: number;
  name: string;
  size: number;
  /** What was found by looking into it. */
  type: string;
  width: number | null;
  height: number | null;
  createdAt: number;
  /** `null` until it was sent. */
  sentAt: number | null;
  /** 1: in the object storage. */
  isKept: Generated<number>;
};
type Appointment = {
  id: Generated<number>;
  name: string;
  description: string | null;
  type: number;
  definition: string;
  startTime: number;
  endTime: number;
  actuallyStartTime: number | null;
  roomId: number | null;
  /** 1 when the room was created only for this appointment. */
  ownsRoom: number;
  ownerId: number | null;
  companyId: number | null;
  inviteCode: string;
  isPublic: number;
  template: number | null;
  postUrl: string | null;
  baseUrl: string | null;
  cancelledAt: number | null;
  createdAt: number;
  /** 1 when guests of its meeting wait until they are let in. */
  waitingRoom: Generated<number>;
  /** The series of which it is one, and the moment that the rule of the series gives it: it stays when this one is moved. */
  seriesId: number | null;
  slot: number | null;
  /** 1: of its series this one was changed alone. */
  isChanged: Generated<number>;
  /** Time zone and language of the one who invites, for mails and calendars. */
  timeZone: string | null;
  language: string | null;
  /** Counts the changes that calendars must take over; of a series the series has the count. */
  sequence: Generated<number>;
};
/** Meetings that were made together and repeat. */
type AppointmentSeries = {
  id: Generated<number>;
  /** Leads to the meeting of the series that is due. */
  inviteCode: string;
  /** As JSON, see `series.ts`. */
  rule: string;
  /** When the first one begins by the rule; the time of day is that of all. */
  startTime: number;
  timeZone: string;
  sequence: Generated<number>;
  createdAt: number;
};
type AppointmentMember = {
  appointmentId: number;
  position: number;
  userId: number | null;
  codeId: string | null;
  name: string;
  email: string | null;
  role: number;
  /** 1: was invited by mail. */
  isMailed: Generated<number>;
  /** Copies of the appointment's times, for the index. */
  startTime: number;
  endTime: number;
};
type AppointmentTopic = { appointmentId: number; position: number; title: string; content: string | null };
type MeetingRecord = {
  id: Generated<number>;
  companyId: number | null;
  roomId: number | null;
  appointmentId: number | null;
  userId: number | null;
  name: string;
  /** File name inside the folder of recordings, without a path. */
  file: string;
  /** Seconds. */
  duration: number;
  /** Bytes. */
  size: number;
  /** 0 ready, 1 being recorded, 2 failed, 3 being processed. */
  status: number;
  /** Per cent of the processing that is done. */
  progress: number | null;
  /** Why it failed, waits, or is shorter than the meeting. */
  reason: RecordReason | null;
  startTime: number;
  endTime: number | null;
};
/** A call between two users (chapter 4). It is live until `endedAt`. */
type Call = {
  id: string;
  /** The ids of both users, the smaller one first. A pair has at most one live call. */
  low: number;
  high: number;
  callerId: number;
  calleeId: number;
  /** Public id of the calling device, and of the one that accepted. */
  callerDevice: string;
  calleeDevice: string | null;
  type: number;
  /** `null` when nobody was online, or the room was deleted. */
  roomId: number | null;
  /** What the caller sent along. */
  data: string | null;
  /** The app of a call in which a guest takes part: devices of other apps have no part in it. */
  appId: string | null;
  /** The ids that the page of the app chose for those of both who are guests. */
  callerGuest: number | null;
  calleeGuest: number | null;
  /** Why it rings on no device; `null` for a call that does. */
  silent: 'doNotDisturb' | 'blocked' | null;
  state: CallState;
  reason: CallReason | null;
  createdAt: number;
  agreedAt: number | null;
  connectedAt: number | null;
  /** When both were in the meeting. */
  metAt: number | null;
  endedAt: number | null;
  /** When the state ends by itself; `null` when the call has ended. */
  expiresAt: number | null;
};
/**
 * Users who are called without a login (`logout: true`). The page of an app chose the id; the row in `user` only stands for the guest in
 * calls: it is no account, and counts as deleted.
 */
type CallGuest = {
  userId: number;
  appId: string;
  guestId: number;
  /** When a device last was this guest; updated at most once an hour. */
  usedAt: Generated<number>;
};
/** Whether a user wants to be called. No row: the usual settings. */
type CallSetting = {
  userId: number;
  doNotDisturb: number;
  callWaiting: CallWaiting;
  /** Missed calls until then are no longer new. */
  seenAt: number;
};
/** Users whose calls a user does not want. */
type CallBlock = { userId: number; blockedId: number };
/** Where the back end of a partner wants to be told of events. */
type Webhook = {
  id: string;
  appId: string;
  url: string;
  /** The key of its signatures, `whsec_` and base64. The platform needs it as it is. */
  secret: string;
  /** Names of the wanted events, separated by spaces; empty for all. */
  events: string;
  createdAt: number;
};
/** An event on its way to a webhook, and for some days afterwards. */
type WebhookDelivery = {
  id: Generated<number>;
  webhookId: string;
  /** The same for the same event: an event is stored once for each webhook. */
  key: string;
  event: string;
  /** What it is about. Events of one subject are delivered in order. */
  subject: string;
  /** As JSON. */
  body: string;
  /** Since when it is tried. */
  since: number;
  /** When it is tried again; while it is being sent, when another server may try. */
  nextAt: number;
  attempts: number;
  /** When it was delivered or given up. */
  doneAt: number | null;
  isDelivered: number;
  /** What the last attempt ended with: an HTTP status, or a sentence. */
  outcome: string | null;
};
/** A mail on its way, and for some days afterwards. */
type Mail = {
  id: Generated<number>;
  /** Names the message for mail servers. */
  key: string;
  companyId: number | null;
  /** For whom it is sent, and about which appointment. */
  userId: number | null;
  appointmentId: number | null;
  /** What it is about and to whom: mails of one subject are sent in order. */
  subject: string;
  recipient: string;
  title: string;
  /** As JSON, see `mail/outbox.ts`. */
  body: string;
  /** These as of `WebhookDelivery`. */
  since: number;
  nextAt: number;
  attempts: number;
  doneAt: number | null;
  isDelivered: number;
  outcome: string | null;
};
/** The transcript of a meeting. */
type Transcript = {
  meetingId: string;
  sessid: string;
  roomId: number | null;
  companyId: number | null;
  appointmentId: number | null;
  /** Who started the transcription; `null` for a guest. */
  userId: number | null;
  /** Name of the meeting. */
  name: string;
  state: 'off' | 'on' | 'paused';
  /** Who started the transcription, as JSON. */
  startedBy: string;
  /** When the meeting began. */
  startTime: number;
  endTime: number | null;
};
/** A sentence, or speech that could not be transcribed. Times are milliseconds since the meeting began. */
type TranscriptLine = {
  meetingId: string;
  bg: number;
  ed: number;
  clientId: number;
  userId: number | null;
  name: string;
  onebest: string;
  lang: string | null;
  /** Translations by language, as JSON. */
  trans: string | null;
  lost: string | null;
};
/** Files in the folder of recordings whose rows were deleted. */
type DoomedFile = { file: string };
/** Row counts of long lists (`tally.ts`), kept by triggers. */
type Tally = { list: string; owner: number; bucket: number; size: number };
/** Counts of attempts that must survive a restart. */
type Throttle = { key: string; points: number; expiresAt: number | null };

/** A further file of a recording, in another format. `status`, `reason` and `file` as of a recording. */
type RecordFile = {
  id: Generated<number>;
  recordId: number;
  format: RecordFormat;
  file: string;
  size: number;
  status: number;
  progress: number | null;
  reason: RecordReason | null;
};

/** What must be done with a recording that lacks a file (`recording/jobs.ts`). */
type RecordJob = {
  recordId: number;
  /** Name of the folder with what was captured, inside the folder of recordings; empty where nothing was. */
  folder: string;
  /** `capturing` and `composing` belong to a process for as long as its lease lasts; `waiting` and `failed` to none. */
  state: 'capturing' | 'composing' | 'waiting' | 'failed';
  holder: string | null;
  leaseUntil: number;
  attempts: number;
  /** When it may be tried again. */
  notBefore: number;
};

export type Tables = {
  company: Company;
  user: User;
  session: Session;
  app: App;
  room: Room;
  room_member: RoomMember;
  meeting: Meeting;
  chat_message: ChatMessage;
  chat_file: ChatFile;
  appointment: Appointment;
  appointment_member: AppointmentMember;
  appointment_topic: AppointmentTopic;
  appointment_series: AppointmentSeries;
  record: MeetingRecord;
  record_file: RecordFile;
  record_job: RecordJob;
  call: Call;
  call_setting: CallSetting;
  call_block: CallBlock;
  call_guest: CallGuest;
  webhook: Webhook;
  webhook_delivery: WebhookDelivery;
  mail: Mail;
  transcript: Transcript;
  transcript_line: TranscriptLine;
  doomed_file: DoomedFile;
  tally: Tally;
  throttle: Throttle;
};
export type UserRow = Selectable<User>;
export type AppRow = Selectable<App>;
export type RoomRow = Selectable<Room>;
export type AppointmentRow = Selectable<Appointment>;
export type SeriesRow = Selectable<AppointmentSeries>;
export type CallRow = Selectable<Call>;
export type CallSettingRow = Selectable<CallSetting>;
export type WebhookRow = Selectable<Webhook>;
export type ChatFileRow = Selectable<ChatFile>;
export type RecordRow = Selectable<MeetingRecord>;
