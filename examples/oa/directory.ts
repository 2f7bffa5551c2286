import type { Platform } from '../platform.ts';
import { employeeOf } from './people.ts';

export const person = (account: string) => {
  const found = employeeOf(account);
  if (!found) throw new Error(`${account} no longer works here`);
  return found;
};

/** Employees as the platform knows them: by the id of a user, from their first sign-on. */
export const createDirectory = (platform: Platform) => {
  const known = new Map<string, Promise<number>>();
  return {
    /** The user id of an employee, who is signed on for the first time if need be. */
    userIdOf(account: string): Promise<number> {
      const asked = known.get(account) ?? platform.as(person(account), async ({ userId }) => userId);
      known.set(account, asked);
      asked.catch(() => known.delete(account));
      return asked;
    },
  };
};
export type Directory = ReturnType<typeof createDirectory>;
