import type { meeting, Platform } from '@meetframe/contract/api';
import type { Handlers } from '@meetframe/contract/define';
import type { Caller } from '../caller.ts';
import { accountHandlers } from './account.ts';
import { appointmentHandlers } from './appointments.ts';
import { meetingHandlers } from './meeting.ts';
import { recordHandlers } from './records.ts';
import { roomHandlers } from './rooms.ts';
import type { Services } from './services.ts';
import { sessionHandlers } from './session.ts';
import { userHandlers } from './users.ts';

/** The rows of the contract, bound to the services. A row without a handler does not compile. */
export const makeHandlers = (services: Services): Handlers<Platform & typeof meeting, Caller> => ({
  ...sessionHandlers(services),
  ...accountHandlers(services),
  ...roomHandlers(services),
  ...appointmentHandlers(services),
  ...userHandlers(services),
  ...recordHandlers(services),
  ...meetingHandlers(services),
});
