/** What the server tells the process of the recogniser about an utterance. */
export type Command = { id: number } & (
  | { samples: Int16Array }
  /** The utterance is over. */
  | { end: true }
  /** Its result is not wanted any longer. */
  | { drop: true }
);

/** What that process answers. Times are milliseconds since the first sample of the utterance. */
export type Report =
  | { ready: true }
  /** A command was read, with so many samples. */
  | { id: number; read: number }
  | { id: number; interim: string }
  | { id: number; final: string; start: number; end: number }
  | { id: number; done: true };
