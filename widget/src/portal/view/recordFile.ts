import type { MeetingRecord } from '@meetframe/contract';

/**
 * Where the file of a recording is to watch and to keep, relative to the platform's page; `comment` carries a signature that
 * expires (2.31). `undefined` while it is being written, or when there is nothing of it.
 */
export const fileOf = ({ comment, size, status }: MeetingRecord): { play: string; download: string } | undefined =>
  status === 1 || size === 0
    ? undefined
    : { play: `/app/upload/videos/${comment}`, download: `/app/upload/videos/${comment}&download` };
