import type { Generated, Selectable } from 'kysely';

/** A file of the chat. It counts from when it was announced, with all of its bytes. */
export type ChatFile = {
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
  /** Media type, found from the content. */
  type: string;
  width: number | null;
  height: number | null;
  createdAt: number;
  /** `null` until it was sent. */
  sentAt: number | null;
  /** 1: in the object storage. */
  isKept: Generated<number>;
};
export type ChatFileRow = Selectable<ChatFile>;
