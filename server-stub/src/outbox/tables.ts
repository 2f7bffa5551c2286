/** The columns about the progress of a message, which all tables of messages have. Rows are kept for some days after they are done. */
export type OnItsWay = {
  /** What it is about. Messages of one subject are sent in order. */
  subject: string;
  /** Since when it is tried. */
  since: number;
  /** When it is tried again; while it is being sent, when another server may try. */
  nextAt: number;
  attempts: number;
  /** When it arrived or was given up. */
  doneAt: number | null;
  isDelivered: number;
  /** What the last attempt ended with: a status, or a sentence. */
  outcome: string | null;
};
