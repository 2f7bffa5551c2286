import type { BrowserContext, Frame, Page } from '@playwright/test';

/** Lets tests look into the peer connections that the widget will make. */
export const watchConnections = (context: BrowserContext | Page): Promise<unknown> =>
  context.addInitScript(() => {
    const own = window as never as { connections: RTCPeerConnection[]; RTCPeerConnection: typeof RTCPeerConnection };
    own.connections = [];
    own.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        own.connections.push(this);
      }
    };
  });

/**
 * Tells the browser's estimate of its line, by the server's answer, to stay above what two layers of a camera need. Beside other work on
 * the machine packets are late, which the browser takes for a narrow line, so that it would stop sending video.
 */
export const trustLine = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const set = RTCPeerConnection.prototype.setRemoteDescription as (
      this: RTCPeerConnection,
      description: RTCSessionDescriptionInit,
    ) => Promise<void>;
    const least = 'x-google-min-bitrate=800';
    RTCPeerConnection.prototype.setRemoteDescription = function (
      this: RTCPeerConnection,
      description: RTCSessionDescriptionInit,
    ) {
      const offered = description.sdp ?? '';
      const payloads = [...offered.matchAll(/^a=rtpmap:(\d+) (?:VP8|VP9|H264|AV1)\//gm)];
      const sdp = payloads.reduce((text, [, payload]) => {
        const known = new RegExp(`^a=fmtp:${payload} .*$`, 'm');
        if (known.test(text)) return text.replace(known, (line) => `${line};${least}`);
        const map = new RegExp(`^a=rtpmap:${payload} .*$`, 'm');
        return text.replace(map, (line) => `${line}\r\na=fmtp:${payload} ${least}`);
      }, offered);
      return set.call(this, { type: description.type, sdp });
    };
  });

export type Stream = {
  kind: string;
  codec: string | undefined;
  bytes: number;
  frames: number;
  width: number;
  height: number;
};

/** Every stream that is sent or received over connections that stand, as the browser counts it. */
export const streams = (frame: Frame, direction: 'inbound-rtp' | 'outbound-rtp'): Promise<Stream[]> =>
  frame.evaluate(async (type) => {
    const { connections } = window as never as { connections: RTCPeerConnection[] };
    const reports = await Promise.all(
      connections.filter(({ connectionState }) => connectionState === 'connected').map((each) => each.getStats()),
    );
    return reports.flatMap((report) =>
      [...report.values()]
        .filter((entry) => entry.type === type)
        .map((entry) => ({
          kind: entry.kind,
          codec: report.get(entry.codecId)?.mimeType,
          bytes: entry.bytesReceived ?? entry.bytesSent ?? 0,
          frames: entry.framesDecoded ?? entry.framesEncoded ?? 0,
          width: entry.frameWidth ?? 0,
          height: entry.frameHeight ?? 0,
        })),
    );
  }, direction);

/** Codecs of the pictures that are decoded or encoded at the moment. */
export const videoCodecs = async (frame: Frame, direction: 'inbound-rtp' | 'outbound-rtp'): Promise<string[]> => {
  const all = await streams(frame, direction);
  return [...new Set(all.filter(({ kind, frames }) => kind === 'video' && frames > 0).map(({ codec }) => codec ?? ''))];
};

/** Which camera and microphone feed what is sent at the moment, by `deviceId`. */
export const sentDevices = (frame: Frame): Promise<Record<string, string | undefined>> =>
  frame.evaluate(() => {
    const { connections } = window as never as { connections: RTCPeerConnection[] };
    const tracks = connections
      .filter(({ connectionState }) => connectionState === 'connected')
      .flatMap((each) => each.getSenders().map(({ track }) => track));
    const live = tracks.filter((track) => track?.readyState === 'live') as MediaStreamTrack[];
    return Object.fromEntries(live.map((track) => [track.kind, track.getSettings().deviceId]));
  });

type Opened = { tracks: MediaStreamTrack[] };

/** Keeps every track of camera and microphone that a page opens from now on, also when nothing shows it any more. */
export const watchDevices = (context: BrowserContext | Page): Promise<unknown> =>
  context.addInitScript(() => {
    const opened: Opened = { tracks: [] };
    Object.assign(window, { opened });
    const open = MediaDevices.prototype.getUserMedia;
    MediaDevices.prototype.getUserMedia = async function (constraints) {
      const stream = await open.call(this, constraints);
      opened.tracks.push(...stream.getTracks());
      return stream;
    };
  });

/** State of every track that was opened, in order: `live` or `ended`. */
export const devices = (frame: Page | Frame, kind?: 'audio' | 'video'): Promise<string[]> =>
  frame.evaluate(
    (only) =>
      (window as never as { opened: Opened }).opened.tracks
        .filter((track) => !only || track.kind === only)
        .map(({ readyState }) => readyState),
    kind,
  );
