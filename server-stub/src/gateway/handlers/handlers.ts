import type { meeting, Platform } from '@meetframe/contract/api';
import type { Handlers } from '@meetframe/contract/define';
import type { Caller } from '../../account/caller.ts';
import { type AccountServices, accountHandlers } from '../../account/handlers.ts';
import { type RecordServices, recordHandlers } from '../../records/handlers.ts';
import { type UserServices, userHandlers } from '../../users/handlers.ts';
import { sessionHandlers } from '../sessionHandlers.ts';
import { appointmentHandlers } from './appointments.ts';
import { meetingHandlers } from './meeting.ts';
import { roomHandlers } from './rooms.ts';
import type { Services } from './services.ts';

/** The rows of the contract, bound to the services. A row without a handler does not compile. */
export const makeHandlers = (
  services: Services & AccountServices & UserServices & RecordServices & Parameters<typeof sessionHandlers>[0],
): Handlers<Platform & typeof meeting, Caller> => ({
  ...sessionHandlers(services),
  ...accountHandlers(services),
  ...roomHandlers(services),
  ...appointmentHandlers(services),
  ...userHandlers(services),
  ...recordHandlers(services),
  ...meetingHandlers(services),
});
