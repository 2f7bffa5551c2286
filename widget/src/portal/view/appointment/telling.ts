import type { MailCount } from '../../model/appointments.ts';
import type { Text } from '../text.ts';

/** The text of a notification after a change, with the number of people who get a mail about it, or do not. */
export const tellingOf = (key: 'schedule.saved' | 'appointment.cancelled', { sent, unsent }: MailCount): Text => {
  if (unsent > 0) return { key: `${key}Unmailed`, params: { count: unsent } };
  return sent > 0 ? { key: `${key}Mailed`, params: { count: sent } } : { key };
};
