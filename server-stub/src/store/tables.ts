import type { App, Session } from '../account/tables.ts';
import type { Appointment, AppointmentMember, AppointmentSeries, AppointmentTopic } from '../appointments/tables.ts';
import type { Call, CallBlock, CallGuest, CallSetting } from '../calls/tables.ts';
import type { Mail } from '../mail/tables.ts';
import type { ChatFile } from '../meeting/files/tables.ts';
import type { ChatMessage, Meeting } from '../meeting/tables.ts';
import type { RecordJob } from '../recording/tables.ts';
import type { DoomedFile, MeetingRecord, RecordFile } from '../records/tables.ts';
import type { Room, RoomMember } from '../rooms/tables.ts';
import type { Throttle } from '../throttle/tables.ts';
import type { Transcript, TranscriptLine } from '../transcription/tables.ts';
import type { Company, User } from '../users/tables.ts';
import type { Webhook, WebhookDelivery } from '../webhooks/tables.ts';

/** Row counts of long lists (`tally.ts`), kept by triggers. */
type Tally = { list: string; owner: number; bucket: number; size: number };

/**
 * The tables of the database; a feature's rows are described in its folder. Booleans are 0 and 1, times are milliseconds since 1970: the same in
 * every database.
 */
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
