import type { MeetingRecord, RecordFormat } from '@meetframe/contract';

/**
 * The address of a recording's file, to play and to download, relative to the platform's page; `comment` carries a
 * signature that expires (2.31). `undefined` while it is being recorded or processed, or when the file is empty.
 */
export const fileOf = ({ comment, size, status }: MeetingRecord): { play: string; download: string } | undefined =>
  status === 1 || status === 3 || size === 0
    ? undefined
    : { play: `upload/videos/${comment}`, download: `upload/videos/${comment}&download` };

export type OtherFile = {
  format: RecordFormat;
  /** Per cent, while it is being made. */
  making: number | undefined;
  /** Why it waits or failed. */
  reason: MeetingRecord['reason'];
  address: string | undefined;
};

/** A recording in the formats other than the one it plays in: there, being made, or to be made. */
export const otherFilesOf = (record: MeetingRecord): OtherFile[] => {
  const [main] = record.files;
  if (!main) return [];
  return (['mp4', 'webm', 'm4a'] as const)
    .filter((format) => format !== main.format)
    .map((format) => {
      const file = record.files.find((each) => each.format === format);
      const address = file?.status === 0 ? `upload/videos/${file.comment}&download` : undefined;
      const making = file?.status === 3 ? (file.progress ?? 0) : undefined;
      return { format, making, reason: file?.reason ?? null, address };
    });
};
