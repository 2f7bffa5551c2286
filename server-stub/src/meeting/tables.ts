import type { Generated } from 'kysely';

/** A meeting that ran, or runs, in a room. */
export type Meeting = {
  id: string;
  roomId: number;
  startedAt: number;
  /** Updated at most every minute while the meeting runs. */
  seenAt: number;
  /** `null` while the meeting runs, and after the server that ran it was lost. */
  endedAt: number | null;
  /** While the meeting is locked: who may come back, see `Door`. */
  lockedFor: Generated<string | null>;
  /** 1 or 0 when its moderator turned the waiting room on or off. */
  waitingRoom: Generated<number | null>;
  /** While it has a waiting room: who need not wait again, see `Door`. */
  admitted: Generated<string | null>;
};

export type ChatMessage = {
  id: Generated<number>;
  /** `null` for lines written before meetings had ids. */
  meetingId: string | null;
  roomId: number;
  clientId: number;
  userId: number | null;
  name: string;
  content: string;
  time: number;
  /** A row of `chat_file`, which may have been deleted. */
  fileId: number | null;
  /** The line that is replied to, as JSON. */
  replyTo: string | null;
};
