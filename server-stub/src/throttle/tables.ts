/** Counts of attempts that must survive a restart. */
export type Throttle = { key: string; points: number; expiresAt: number | null };
