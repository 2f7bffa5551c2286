import * as z from 'zod/mini';
import { texts } from './texts.ts';
import { id } from './values.ts';

/**
 * Why a recording failed, has to wait, or is shorter than the meeting. `cancelled`: it was stopped, or the meeting ended, before it
 * began. `noMedia`: nothing was captured. `captureFailed`, `composeFailed`: the program that captures, or that makes the file, failed
 * again and again. `ffmpegMissing`: the captured media waits until ffmpeg is installed. `storageFull`: the disk was full.
 * `storageReadOnly`: the captured media waits until the folder can be written to. `storageUnavailable`, `storageRefused`: the file waits
 * until the object storage answers, or accepts it. `filesMissing`: the captured files are gone.
 */
export const recordReason = z.enum([
  'cancelled',
  'noMedia',
  'captureFailed',
  'composeFailed',
  'ffmpegMissing',
  'storageFull',
  'storageReadOnly',
  'storageUnavailable',
  'storageRefused',
  'filesMissing',
]);
export type RecordReason = z.output<typeof recordReason>;

/** Formats of the files of a recording: video, or (`m4a`) its audio alone. */
export const recordFormat = z.enum(['mp4', 'webm', 'm4a']);
export type RecordFormat = z.output<typeof recordFormat>;

export const recordFile = z.object({
  format: recordFormat,
  comment: z.string(),
  size: z.int(),
  status: z.int(),
  progress: z.nullable(z.int()),
  reason: z.nullable(recordReason),
});
texts.add(recordFile, {
  id: 'RecordFile',
  description: 'A file of a recording.',
  fields: {
    format: '`mp4`, `webm`, or `m4a`: the audio alone.',
    comment: 'File name with a signature, as in `comment` of the recording.',
    size: 'Size in bytes.',
    status: '0 ready, 2 failed, 3 being made.',
    progress: 'Progress in per cent, `null` unless the status is 3.',
    reason: 'Why it failed or waits, else `null`.',
  },
});
export type RecordFile = z.output<typeof recordFile>;

export const record = z.object({
  id,
  name: z.string(),
  comment: z.string(),
  duration: z.number(),
  size: z.int(),
  status: z.int(),
  progress: z.nullable(z.int()),
  reason: z.nullable(recordReason),
  startTime: z.iso.datetime(),
  endTime: z.nullable(z.iso.datetime()),
  roomId: z.nullable(id),
  meetingId: z.nullable(id),
  userId: z.nullable(id),
  mayDelete: z.boolean(),
  files: z.array(recordFile),
  hasTranscript: z.boolean(),
});
texts.add(record, {
  id: 'MeetingRecord',
  description: 'Section 2.31: a recording.',
  fields: {
    comment:
      'File name under `/app/upload/videos/` with a signature that expires: the address plays and downloads it as it is.',
    duration: 'Length in seconds.',
    size: 'Size in bytes.',
    status: '0 ready, 1 being recorded, 2 failed, 3 being processed.',
    progress: 'Per cent of the processing that is done, `null` unless the status is 3.',
    reason:
      'Why it failed, waits, or is shorter than the meeting: `cancelled` before it began, `noMedia`, `captureFailed`, `composeFailed`, `ffmpegMissing` (processing waits for ffmpeg), `storageFull`, `storageReadOnly`, `storageUnavailable`, `storageRefused` (processing waits), `filesMissing`; else `null`.',
    userId: 'Id of the user who recorded.',
    mayDelete: 'Whether the caller may delete it.',
    files: 'Its files, once it is ready: first the file of `comment`, then files that `makeRecordFile` made.',
    hasTranscript: 'Whether the meeting was transcribed: `downloadTranscript` with its id gives the text.',
  },
});
export type MeetingRecord = z.output<typeof record>;
