import type { MailCount } from '../../model/appointments.ts';
import type { Text } from '../text.ts';

/** What a notification says after a change, with how many people are told of it by mail, or are not. */
export const tellingOf = (key: 'schedule.saved' | 'appointment.cancelled', { sent, unsent }: MailCount): Text => {
  if (unsent > 0) return { key: `${key}Unmailed`, params: { count: unsent } };
  return sent > 0 ? { key: `${key}Mailed`, params: { count: sent } } : { key };
};
