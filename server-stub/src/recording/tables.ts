/** What must be done with a recording that lacks a file (`recording/jobs.ts`). */
export type RecordJob = {
  recordId: number;
  /** Name of the folder with what was captured, inside the folder of recordings; empty where nothing was. */
  folder: string;
  /** `capturing` and `composing` belong to a process for as long as its lease lasts; `waiting` and `failed` to none. */
  state: 'capturing' | 'composing' | 'waiting' | 'failed';
  holder: string | null;
  leaseUntil: number;
  attempts: number;
  /** When it may be tried again. */
  notBefore: number;
};
