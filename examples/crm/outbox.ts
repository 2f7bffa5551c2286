import type { Language } from '../http.ts';
import { keptFile } from '../keptFile.ts';

export type Mail = { at: string; from: string; to: string; language: Language; subject: string; text: string };

/** Mail to customers. A partner hands it to a mail server; here it is kept in a file and shown beside the contacts. */
export const createOutbox = (path: string) => {
  const kept = keptFile<Mail[]>(path, []);
  return {
    send(mail: Omit<Mail, 'at'>): void {
      kept.value.unshift({ at: new Date().toISOString(), ...mail });
      kept.value.length = Math.min(kept.value.length, 100);
      kept.save();
    },
    to: (address: string): Mail[] => kept.value.filter(({ to }) => to === address),
  };
};
