/** The transcript of a meeting. */
export type Transcript = {
  meetingId: string;
  sessid: string;
  roomId: number | null;
  companyId: number | null;
  appointmentId: number | null;
  /** Who started the transcription; `null` for a guest. */
  userId: number | null;
  /** Name of the meeting. */
  name: string;
  state: 'off' | 'on' | 'paused';
  /** Who started the transcription, as JSON. */
  startedBy: string;
  /** When the meeting began. */
  startTime: number;
  endTime: number | null;
};

/** A sentence, or speech that could not be transcribed. Times are milliseconds since the meeting began. */
export type TranscriptLine = {
  meetingId: string;
  bg: number;
  ed: number;
  clientId: number;
  userId: number | null;
  name: string;
  onebest: string;
  lang: string | null;
  /** Translations by language, as JSON. */
  trans: string | null;
  lost: string | null;
};
