import type { WireMethods } from '@meetframe/contract/api';
import type { Handlers } from '@meetframe/contract/define';
import type { Caller } from '../account/caller.ts';
import { type AccountServices, accountHandlers } from '../account/handlers.ts';
import { type AppointmentServices, appointmentHandlers } from '../appointments/handlers.ts';
import { type CallServices, callHandlers } from '../calls/handlers.ts';
import { type MeetingServices, meetingHandlers } from '../meeting/handlers.ts';
import { type MediaServices, mediaHandlers } from '../meeting/mediaHandlers.ts';
import { type ScreenRecordServices, screenRecordHandlers } from '../meeting/screenRecordHandlers.ts';
import { type NodeServices, nodeHandlers } from '../nodes/handlers.ts';
import { type PresenceServices, presenceHandlers } from '../presence/handlers.ts';
import { type RecordingServices, recordingHandlers } from '../recording/handlers.ts';
import { type RecordServices, recordHandlers } from '../records/handlers.ts';
import { type RoomServices, roomHandlers } from '../rooms/handlers.ts';
import { storedTranscriptHandlers, type TranscriptServices, transcriptHandlers } from '../transcription/handlers.ts';
import { type UserServices, userHandlers } from '../users/handlers.ts';
import { type SessionServices, sessionHandlers } from './sessionHandlers.ts';

type Services = SessionServices &
  AccountServices &
  RoomServices &
  AppointmentServices &
  UserServices &
  RecordServices &
  NodeServices &
  RecordingServices &
  CallServices &
  PresenceServices &
  MeetingServices &
  MediaServices &
  ScreenRecordServices &
  TranscriptServices;

/** The handlers of all methods of the contract but `session.hello`, which opens a connection. A method without a handler does not compile. */
export const makeHandlers = (services: Services): Handlers<Omit<WireMethods, 'session.hello'>, Caller> => ({
  ...sessionHandlers(services),
  ...accountHandlers(services),
  ...roomHandlers(services),
  ...appointmentHandlers(services),
  ...userHandlers(services),
  ...recordHandlers(services),
  ...nodeHandlers(services),
  ...recordingHandlers(services),
  ...callHandlers(services),
  ...presenceHandlers(services),
  ...meetingHandlers(services),
  ...mediaHandlers(services),
  ...screenRecordHandlers(services),
  ...transcriptHandlers(services),
  ...storedTranscriptHandlers(services),
});
