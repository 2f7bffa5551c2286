import { areHashesForTests, makePasswords } from '../store/passwords.ts';
import { limit } from '../throttle/limit.ts';

/** How many hashes one source may cause in a minute. */
const perMinute = areHashesForTests ? 1_000_000 : 300;

/** Passwords of users, apps and rooms. */
export const { hashPassword, isPassword, isOutdated } = makePasswords({ rate: limit(perMinute, 60) });
