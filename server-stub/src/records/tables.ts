import type { RecordFormat, RecordReason } from '@meetframe/contract/beans';
import type { Generated, Selectable } from 'kysely';

export type MeetingRecord = {
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
export type RecordRow = Selectable<MeetingRecord>;

/** A further file of a recording, in another format. `status`, `reason` and `file` as of a recording. */
export type RecordFile = {
  id: Generated<number>;
  recordId: number;
  format: RecordFormat;
  file: string;
  size: number;
  status: number;
  progress: number | null;
  reason: RecordReason | null;
};

/** Files in the folder of recordings whose rows were deleted. */
export type DoomedFile = { file: string };
