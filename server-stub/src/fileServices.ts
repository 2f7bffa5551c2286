import type { Config } from './config.ts';
import type { Log } from './log.ts';
import type { Chat } from './meeting/chat.ts';
import { makeChatFiles } from './meeting/files/chatFiles.ts';
import { quotaOf } from './meeting/files/quota.ts';
import type { Meetings } from './meeting/meetings.ts';
import { makeComposing } from './recording/composing.ts';
import { makeJobs } from './recording/jobs.ts';
import { makeRecordings, type Recordings } from './recording/recordings.ts';
import { makeRecordFiles } from './records/files.ts';
import { type Links, makeLinks } from './records/links.ts';
import { makeRecords } from './records/records.ts';
import { openStorage } from './records/storage.ts';
import { makeUploads } from './records/uploads.ts';
import type { Store } from './store/store.ts';
import type { WebhookOutbox } from './webhooks/outbox.ts';

const MB = 1024 ** 2;

type Parts = {
  store: Store;
  config: Config;
  log: Log;
  webhooks: WebhookOutbox;
  meetings: Meetings;
  chat: Chat;
  /** Links of files in the chat. */
  fileLinks: Links;
};

/** The services that keep files: recordings, what makes them, and files of the chat. */
export const makeFileServices = ({ store, config, log, webhooks, meetings, chat, fileLinks }: Parts) => {
  const storage = openStorage(config, log);
  const links = makeLinks(config.SIGN_SECRET, config.RECORD_LINK_MS);
  const records = makeRecords(store, { storage, links, log, webhooks });
  const chatFiles = makeChatFiles({
    ...{ store, records, storage, meetings, chat, log },
    links: fileLinks,
    quota: quotaOf(config),
    secret: config.SIGN_SECRET,
    leaveFree: config.RECORD_LEAVE_FREE_MB * MB,
  });
  const jobs = makeJobs(store);
  const toMake = { addJob: jobs.add, added: () => composing.check() };
  const recordFiles = makeRecordFiles(store, { links, ...toMake });
  const uploads = makeUploads(store, records, {
    secret: config.SIGN_SECRET,
    idleAfter: config.RECORD_IDLE_MS,
    ...{ log, ...toMake },
  });
  const recordings: Recordings = makeRecordings({
    ...{ records, jobs, meetings, log },
    settings: {
      folder: config.RECORDS_DIR,
      videos: config.RECORD_VIDEOS,
      layout: config.RECORD_LAYOUT,
      isAnnounced: config.RECORD_ANNOUNCE,
      leaveFree: config.RECORD_LEAVE_FREE_MB * MB,
    },
    captured: toMake.added,
  });
  const composing = makeComposing({
    ...{ records, files: recordFiles, storage, jobs, log },
    ffmpeg: { program: config.FFMPEG, nice: config.RECORD_NICE },
    isSole: config.DATABASE_URL === undefined,
    tell: recordings.tell,
  });
  return { storage, records, recordFiles, uploads, recordings, composing, chatFiles };
};
export type FileServices = ReturnType<typeof makeFileServices>;
