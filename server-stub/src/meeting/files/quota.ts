import type { Config } from '../../config.ts';
import { fail } from '../../errors.ts';
import type { Store } from '../../store/store.ts';
import type { Tables } from '../../store/tables.ts';

/** Bytes that files of the chat may have at most. */
export type Quota = {
  /** A file; 0: none can be sent. */
  largest: number;
  /** All files of a participant in a meeting. */
  sender: number;
  meeting: number;
  company: number;
  /** All files on the platform. */
  platform: number;
};
const MB = 1024 ** 2;
export const quotaOf = (config: Config): Quota => ({
  largest: config.CHAT_FILE_MB * MB,
  sender: config.CHAT_FILES_SENDER_MB * MB,
  meeting: config.CHAT_FILES_MEETING_MB * MB,
  company: config.CHAT_FILES_COMPANY_MB * MB,
  platform: config.CHAT_FILES_MB * MB,
});
type Place = Pick<Tables['chat_file'], 'meetingId' | 'companyId' | 'clientId' | 'size'>;

/**
 * Checks that one more file fits into all limits; announced files count with their full size.
 *
 * @throws RTCPeerError `UNSUPPORTED`, `INVALID_ARGUMENT` for a file that is too large, `CONFLICT` with `details.reason` and the bytes that
 *   are `left`, `STORAGE_FULL`
 */
export const requireRoom = async (store: Store, quota: Quota, { meetingId, companyId, clientId, size }: Place) => {
  if (quota.largest === 0) fail('UNSUPPORTED', 'This platform takes no files in the chat.');
  if (size > quota.largest)
    fail('INVALID_ARGUMENT', `size: expected at most ${quota.largest}.`, {
      field: 'size',
      expected: `at most ${quota.largest}`,
      largest: quota.largest,
    });
  const all = store.selectFrom('chat_file').select((of) => of.fn.sum<number | string | null>('size').as('bytes'));
  const ofMeeting = all.where('meetingId', '=', meetingId);
  const bounds = [
    ['sender', ofMeeting.where('clientId', '=', clientId)],
    ['meeting', ofMeeting],
    ['company', all.where('companyId', companyId === null ? 'is' : '=', companyId)],
    ['platform', all],
  ] as const;
  for (const [reason, query] of bounds) {
    const left = quota[reason] - Number((await query.executeTakeFirstOrThrow()).bytes ?? 0);
    if (size <= left) continue;
    if (reason === 'platform') fail('STORAGE_FULL', 'The platform has no room for more files in the chat.', { reason });
    fail('CONFLICT', `There is no room for a file of this size: it is taken by other files.`, {
      ...{ field: 'size', reason },
      left: Math.max(0, left),
    });
  }
};
