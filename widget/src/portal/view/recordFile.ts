import type { MeetingRecord } from '@meetframe/contract';

/**
 * The address of a recording's file, to play and to download, relative to the platform's page; `comment` carries a
 * signature that expires (2.31). `undefined` while it is being recorded or processed, or when the file is empty.
 */
export const fileOf = ({ comment, size, status }: MeetingRecord): { play: string; download: string } | undefined =>
  status === 1 || status === 3 || size === 0
    ? undefined
    : { play: `upload/videos/${comment}`, download: `upload/videos/${comment}&download` };
