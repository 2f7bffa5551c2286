/**
 * Counters of one layer of sent video. Audio is not used: for it the media server reports the loss of the worst receiver, so that the
 * browser adds error correction, and not the loss on the user's own upload.
 */
type SentStream = {
  packets: number;
  /** Lost packets by the server's last report, and when it came. Reports come every few seconds. */
  lost: number;
  reportedAt: number | undefined;
};
/** Counters of what is sent at one moment. */
export type Sent = {
  streams: ReadonlyMap<number, SentStream>;
  /** Round trip in milliseconds. */
  rtt: number | undefined;
  /** The browser's estimate of the available upload bandwidth, in bits a second. */
  available: number | undefined;
  hasVideo: boolean;
};

/** Counters of one received track. Times in seconds. */
export type Stream = {
  packets: number;
  lost: number;
  bytes: number;
  /** How long all samples or frames together have waited in the jitter buffer, and how many they are. */
  waited: number;
  emitted: number;
  frozen: number;
  /** Samples of audio, and those among them that the browser generated to conceal lost ones. */
  samples: number;
  concealed: number;
  frames: number;
  width: number;
  height: number;
};
/** Counters of all received tracks, by the id of the track. */
export type Got = { at: number; rtt: number | undefined; streams: ReadonlyMap<string, Stream> };

type Entry = Record<string, unknown> & { type: string };
const entriesOf = (report: RTCStatsReport): Entry[] => [...report.values()];
const number = (value: unknown): number => (typeof value === 'number' ? value : 0);
const milliseconds = (seconds: unknown): number | undefined =>
  typeof seconds === 'number' ? Math.round(seconds * 1000) : undefined;

const pairOf = (entries: readonly Entry[]): Entry | undefined => {
  const transport = entries.find(
    ({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId,
  );
  return (
    entries.find(({ type, id }) => type === 'candidate-pair' && id === transport?.selectedCandidatePairId) ??
    entries.find(({ type, nominated, state }) => type === 'candidate-pair' && nominated && state === 'succeeded')
  );
};

export const sentOf = (report: RTCStatsReport): Sent => {
  const entries = entriesOf(report);
  const pair = pairOf(entries);
  const reported = new Map(
    entries.filter(({ type }) => type === 'remote-inbound-rtp').map((entry) => [entry.ssrc, entry] as const),
  );
  const videos = entries.filter(({ type, kind }) => type === 'outbound-rtp' && kind === 'video');
  const streams = videos.map(({ ssrc, packetsSent }): [number, SentStream] => {
    const back = reported.get(ssrc);
    const reportedAt = typeof back?.timestamp === 'number' ? back.timestamp : undefined;
    return [number(ssrc), { packets: number(packetsSent), lost: number(back?.packetsLost), reportedAt }];
  });
  return {
    streams: new Map(streams),
    rtt: milliseconds(pair?.currentRoundTripTime),
    available: typeof pair?.availableOutgoingBitrate === 'number' ? pair.availableOutgoingBitrate : undefined,
    hasVideo: videos.some(({ active, framesEncoded }) => active !== false && number(framesEncoded) > 0),
  };
};

/** The counters to compare the next ones with: a stream without a new report of the server keeps its older counters. */
export const basis = (before: Sent, now: Sent): Sent => ({
  ...now,
  streams: new Map(
    [...now.streams].map(([ssrc, stream]) => {
      const older = before.streams.get(ssrc);
      return [ssrc, older && older.reportedAt === stream.reportedAt ? older : stream];
    }),
  ),
});

export const gotOf = (report: RTCStatsReport, at: number): Got => {
  const entries = entriesOf(report);
  const streams = new Map<string, Stream>();
  for (const entry of entries)
    if (entry.type === 'inbound-rtp' && typeof entry.trackIdentifier === 'string')
      streams.set(entry.trackIdentifier, {
        packets: number(entry.packetsReceived),
        lost: number(entry.packetsLost),
        bytes: number(entry.bytesReceived),
        waited: number(entry.jitterBufferDelay),
        emitted: number(entry.jitterBufferEmittedCount),
        frozen: number(entry.totalFreezesDuration),
        samples: number(entry.totalSamplesReceived),
        concealed: number(entry.concealedSamples) - number(entry.silentConcealedSamples),
        frames: number(entry.framesDecoded),
        width: number(entry.frameWidth),
        height: number(entry.frameHeight),
      });
  return { at, rtt: milliseconds(pairOf(entries)?.currentRoundTripTime), streams };
};
