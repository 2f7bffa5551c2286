import type { Text } from './text.ts';

/** The shortest password that the server takes. */
export const leastPassword = 4;

/** What is wrong with a password that somebody chooses. */
export const passwordComplaint = (password: string): { password?: Text } =>
  password.length < leastPassword ? { password: { key: 'password.short', params: { count: leastPassword } } } : {};
