import * as z from 'zod/mini';
import { chatMessage, client, fileName, id, looseId } from '../beans/index.ts';
import { method, methods } from '../define.ts';
import { itsOwn, participants } from '../may.ts';

/** Limits for files that a participant sends. */
export const fileLimits = z.object({
  /** Size of the largest file, in bytes. */
  largest: z.int(),
});
export type FileLimits = z.output<typeof fileLimits>;

/** How many unfinished uploads a participant can have. */
export const mostUploads = 5;

/** A `File`, or a `Blob` without a name. */
export const blob = z.instanceof(Blob, { error: 'a File or Blob' });

/** What the widget does for pages with files in the chat. */
export const sendFileMethods = methods({
  'meeting.sendFile': method({
    spec: '+',
    summary:
      'Send a file in the chat, to all participants or to one. Answers the chat message when the platform has the file; leaving the meeting ends the upload with `NOT_IN_MEETING`.',
    input: z.object({
      /** A `File` or `Blob`. */
      file: blob,
      /** Name of the file; by default that of the `File`. */
      name: z.optional(fileName),
      /** `Client.id` of the recipient; all participants unless given. */
      to: z.optional(looseId),
    }),
    output: z.extend(chatMessage, { client }),
    may: participants,
    patient: true,
    errors: ['UNSUPPORTED', 'NOT_FOUND', 'CONFLICT', 'STORAGE_FULL', 'THROTTLED', 'DISCONNECTED'],
    events: ['onChat', 'onPrivateChat'],
    since: '1.1',
  }),
});

/** Methods of the server for files in the chat, which the widget calls. */
export const chatFileMethods = methods({
  'meeting.beginFile': method({
    spec: '+',
    summary:
      'Announce a file for the chat. Then `PUT /app/upload/chat/{fileId}` with `key` takes its bytes, and `meeting.finishFile` sends it. A file that is not sent within an hour is deleted.',
    input: z.object({
      name: fileName,
      /** Bytes: exactly what will be uploaded. */
      size: z.int().check(z.gte(1)),
      /** `Client.id` of the only recipient. */
      otherUserId: z.optional(looseId),
    }),
    output: z.object({
      fileId: id,
      /** Proves that a request of the upload comes from the participant who began it. */
      key: z.string(),
    }),
    may: participants,
    errors: ['UNSUPPORTED', 'NOT_FOUND', 'CONFLICT', 'STORAGE_FULL', 'THROTTLED'],
    since: '1.1',
  }),
  'meeting.finishFile': method({
    spec: '+',
    summary: 'Send an uploaded file as a chat message.',
    input: z.object({ fileId: looseId }),
    output: z.object({ message: chatMessage }),
    may: itsOwn,
    errors: ['NOT_FOUND', 'CONFLICT', 'THROTTLED'],
    events: ['meeting.onChat', 'meeting.onPrivateChat'],
    since: '1.1',
  }),
  'meeting.linkFile': method({
    spec: '+',
    page: 'meeting.getFileLink',
    summary:
      'A fresh address for a file of the chat (`ChatMessage.file.id`), which opens it for at least an hour. For a private file only its sender and its recipient get one, as long as its chat message is kept.',
    input: z.object({ fileId: looseId }),
    output: z.object({
      /** Address of the file; on the wire below the address of the widget’s page. */
      link: z.string(),
    }),
    reads: true,
    may: participants,
    positional: ['fileId'],
    errors: ['NOT_FOUND'],
    since: '1.1',
  }),
});
