/** A sender report: the router's clock at an RTP timestamp. `at`: when it arrived. Times in ms since 1970. */
export type Report = { at: number; time: number; timestamp: number };
/** A frame or a packet with an RTP timestamp that grows beyond 32 bits. */
export type Stamped = { at: number; timestamp: number };

/**
 * Until the router knows the sender's clock, its reports are based on the arrival of packets. A sender of audio reports every five seconds, and
 * the router wants three reports.
 */
const settling = 16_000;
/** The offset is the median of the reports within this time before and after: it follows the drift of clocks, but not single delays. */
const around = 20_000;
/** If a report differs by more than this, the clock of the sender has jumped. */
const plausible = 400;

const median = (values: number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[sorted.length >> 1] as number;
};

/** Milliseconds since 1970 at timestamp 0, by the median of the reports. */
export const offsetOf = (reports: readonly Report[], rate: number): number | undefined =>
  reports.length ? median(reports.map(({ time, timestamp }) => time - (timestamp / rate) * 1000)) : undefined;

/**
 * The moments at which frames were taken, from the sender reports that came meanwhile. Neither arrival nor the number of frames gives
 * that: frames are delayed, lost, and not sent while a participant is muted.
 *
 * @param stamped in order, of one piece: without a break of the stream's clock
 * @param reports in order, those that came while the piece did
 * @param start when the stream began
 * @param fallback offset of a neighbouring piece, in ms, for a piece without reports
 */
export const timesOf = (
  stamped: readonly Stamped[],
  { reports, rate, start, fallback }: { reports: readonly Report[]; rate: number; start: number; fallback?: number },
): { times: number[]; offset: number } => {
  const ms = ({ timestamp }: { timestamp: number }): number => (timestamp / rate) * 1000;
  const all = reports.map((report) => ({ at: report.at, offset: report.time - ms(report) }));
  const settled = all.filter(({ at }) => at >= start + settling);
  const first = settled.slice(0, 16).map(({ offset }) => offset);
  const isSettled = settled.length >= 4 && all.every(({ offset }) => Math.abs(offset - median(first)) < plausible);
  const used = isSettled ? settled : all.length > 4 ? all.slice(2) : all;
  if (used.length === 0) {
    // No packet can come before it was sent: the least delay is nearest to the truth.
    const offset =
      fallback ?? stamped.reduce((least, one) => Math.min(least, one.at - ms(one)), Number.POSITIVE_INFINITY);
    return { times: stamped.map((one) => ms(one) + offset), offset };
  }
  let from = 0;
  let to = 0;
  let known = '';
  let offset = 0;
  const times = stamped.map((one) => {
    const center = Math.max(used[0]?.at ?? 0, Math.min(one.at, used.at(-1)?.at ?? 0));
    while (from < used.length - 1 && (used[from]?.at ?? 0) < center - around) from++;
    while (to < used.length && (used[to]?.at ?? 0) <= center + around) to++;
    const key = `${from} ${to}`;
    if (key !== known) offset = median(used.slice(from, Math.max(to, from + 1)).map((report) => report.offset));
    known = key;
    return ms(one) + offset;
  });
  return { times, offset };
};
