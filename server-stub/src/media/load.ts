/** So many video packets a second a worker forwards with one core. */
const packetsPerCore = 55_000;
/** What a participant receives with 25 tiles and four active speakers. */
const packetsPerJoin = 700;
/** A join counts with what is expected of it for so long, in ms; after that its packets have been measured. */
const joinCountsFor = 10_000;

/** What a worker has to do. `packets`: a second, as measured last; `joins`: when participants were placed on it, in ms. */
export type Load = { packets: number; joins: readonly number[] };

/** Packets a second of a worker that used so much CPU time of the given time, both in ms. */
export const packetsOf = (cpu: number, elapsed: number): number =>
  elapsed > 0 ? Math.max(0, (cpu / elapsed) * packetsPerCore) : 0;

/** How busy a worker is with so many packets a second: 1 is a whole core. */
export const busyWith = (packets: number): number => packets / packetsPerCore;

export const recentJoins = ({ joins }: Load, now: number): number[] => joins.filter((at) => now - at < joinCountsFor);

/** Packets a second that a worker has or will have soon: the measured ones and those of joins that show none yet. */
export const expectedPackets = (load: Load, now: number): number =>
  load.packets + recentJoins(load, now).length * packetsPerJoin;

/** The candidate with least to do; of equal ones the first. */
export const leastLoaded = <T extends { load: Load }>(candidates: readonly T[], now: number): T | undefined =>
  candidates.toSorted((a, b) => expectedPackets(a.load, now) - expectedPackets(b.load, now))[0];
