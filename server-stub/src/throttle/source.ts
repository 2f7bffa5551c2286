import { networkOf } from '../addresses.ts';

/** Whose guesses are counted together: those of somebody logged in, or of a network. */
export const sourceOf = ({ user, ip }: { user: { id: number } | undefined; ip: string }): string =>
  user ? `user ${user.id}` : networkOf(ip);
