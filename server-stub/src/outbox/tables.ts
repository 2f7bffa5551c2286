/** How far a message on its way is; it is kept for some days afterwards. The columns that all messages share. */
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
