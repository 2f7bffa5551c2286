/** True when an error has one of these codes, in `code` (PostgreSQL) or `errcode` (SQLite). */
const says = (error: unknown, codes: readonly (string | number)[]): boolean => {
  const { code, errcode } = (error ?? {}) as { code?: string; errcode?: number };
  return codes.includes(code ?? '') || codes.includes(errcode ?? -1);
};

/** SQLite’s codes for a failed write, flush, or file beside the database. With a disk quota SQLite reports these instead of a full disk. */
const failedWrites = [778, 1034, 1290, 1546, 4618, 4874];

/** True when the disk is full or read-only. SQLite’s codes carry details in their higher bits. */
export const takesNoWrites = (error: unknown): boolean => {
  const { errcode } = (error ?? {}) as { errcode?: number };
  const isRefused = [8, 13].includes((errcode ?? 0) & 0xff) || failedWrites.includes(errcode ?? 0);
  return isRefused || says(error, ['53100', '25006', 'ENOSPC', 'EROFS', 'EDQUOT']);
};

/** True when a row could not refer to another one, because that was deleted after it had been looked up. */
export const refersToNothing = (error: unknown): boolean => says(error, ['23503', 787]);

/** Two transactions changed the same rows and the database failed this one: deadlock, serialisation, or lock time-out. */
export const collided = (error: unknown): boolean => says(error, ['40P01', '40001', '55P03', 5, 517]);
