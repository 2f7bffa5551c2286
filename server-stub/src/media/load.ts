/** How many video packets a second a worker forwards with one CPU core. */
const packetsPerCore = 55_000;
/** Packets a second that a participant with 25 tiles and four active speakers receives. */
const packetsPerJoin = 700;
/** How long, in ms, a join counts with its expected packets. After that its packets have been measured. */
const joinCountsFor = 10_000;

/** The load of a worker. `packets`: packets a second by the last measurement; `joins`: when participants were placed on it, in ms of `performance.now()`. */
export type Load = { packets: number; joins: readonly number[] };

/** Packets a second of a worker that used `cpu` ms of CPU time within `elapsed` ms. */
export const packetsOf = (cpu: number, elapsed: number): number =>
  elapsed > 0 ? Math.max(0, (cpu / elapsed) * packetsPerCore) : 0;

/** How busy a worker with that many packets a second is: 1 is a whole CPU core. */
export const busyWith = (packets: number): number => packets / packetsPerCore;

export const recentJoins = ({ joins }: Load, now: number): number[] => joins.filter((at) => now - at < joinCountsFor);

/** Packets a second that a worker has now or will soon have: the measured ones, plus those expected of recent joins. */
export const expectedPackets = (load: Load, now: number): number =>
  load.packets + recentJoins(load, now).length * packetsPerJoin;

/** The candidate with the lowest load; the first one if several are equal. */
export const leastLoaded = <T extends { load: Load }>(candidates: readonly T[], now: number): T | undefined =>
  candidates.toSorted((a, b) => expectedPackets(a.load, now) - expectedPackets(b.load, now))[0];
