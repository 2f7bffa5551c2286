import type { Generated, Selectable } from 'kysely';

export type Appointment = {
  id: Generated<number>;
  name: string;
  description: string | null;
  type: number;
  definition: string;
  startTime: number;
  endTime: number;
  actuallyStartTime: number | null;
  roomId: number | null;
  /** 1 when the room was created only for this appointment. */
  ownsRoom: number;
  ownerId: number | null;
  companyId: number | null;
  inviteCode: string;
  isPublic: number;
  template: number | null;
  postUrl: string | null;
  baseUrl: string | null;
  cancelledAt: number | null;
  createdAt: number;
  /** 1 when guests of its meeting wait until they are let in. */
  waitingRoom: Generated<number>;
  /** Its series, and the start that the rule of the series gives it, which stays the same when this appointment is moved. */
  seriesId: number | null;
  slot: number | null;
  /** 1: it was changed apart from the rest of its series. */
  isChanged: Generated<number>;
  /** Time zone and language of the user who invites, for mails and calendars. */
  timeZone: string | null;
  language: string | null;
  /** Counts the changes that calendars must take over; for an appointment of a series, the series has the count. */
  sequence: Generated<number>;
};
export type AppointmentRow = Selectable<Appointment>;

/** Meetings that were made together and repeat. */
export type AppointmentSeries = {
  id: Generated<number>;
  /** Leads to the meeting of the series that is due. */
  inviteCode: string;
  /** As JSON, see `series.ts`. */
  rule: string;
  /** When the first meeting begins by the rule. All have its time of day. */
  startTime: number;
  timeZone: string;
  sequence: Generated<number>;
  createdAt: number;
};
export type SeriesRow = Selectable<AppointmentSeries>;

export type AppointmentMember = {
  appointmentId: number;
  position: number;
  userId: number | null;
  codeId: string | null;
  name: string;
  email: string | null;
  role: number;
  /** 1: was invited by mail. */
  isMailed: Generated<number>;
  /** Copies of the appointment's times, for the index. */
  startTime: number;
  endTime: number;
};

export type AppointmentTopic = { appointmentId: number; position: number; title: string; content: string | null };
