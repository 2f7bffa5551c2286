import type { Definition, VideoCodec } from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import { sizes } from './devices.ts';

type Codec = types.RtpCodecCapability;

const named = (codecs: readonly Codec[] | undefined, name: VideoCodec): Codec | undefined =>
  codecs?.find(({ mimeType }) => mimeType.toLowerCase() === `video/${name.toLowerCase()}`);

/**
 * The codec asked for where this browser and the server both have it, otherwise VP8, which every browser can decode.
 */
export const chooseVideoCodec = (codecs: readonly Codec[] | undefined, wanted: VideoCodec): Codec | undefined =>
  named(codecs, wanted) ?? named(codecs, 'VP8');

/** Bits per second of 720p video; other sizes get a share by their number of pixels. */
const fullRate = 1_500_000;

/**
 * Encodings of a screen: the full resolution, because text must be readable, and a smaller one for a weak line or a small
 * tile. Few frames a second, because pages and slides change seldom.
 */
export const screenEncodingsOf = (mimeType: string): types.RtpEncodingParameters[] => {
  const full = { maxBitrate: 2_500_000, maxFramerate: 15 };
  if (/vp9|av1/i.test(mimeType)) return [{ ...full, scalabilityMode: 'L1T3' }];
  return [
    { scaleResolutionDownBy: 2, maxBitrate: 500_000, maxFramerate: 8, scalabilityMode: 'L1T1' },
    { scaleResolutionDownBy: 1, ...full, scalabilityMode: 'L1T1' },
  ];
};

export type Size = { width: number; height: number };

const pixelsOf = ({ width, height }: Size): number => width * height;

/**
 * Size of the video that a camera gives, as far as the browser tells it; at most that of the definition, to which a larger one is just being
 * brought.
 */
export const sizeOf = (track: MediaStreamTrack, definition: Definition): Size => {
  const { width = 0, height = 0 } = track.getSettings?.() ?? {};
  const [given, most] = [{ width, height }, sizes[definition]];
  return pixelsOf(given) > 0 && pixelsOf(given) < pixelsOf(most) ? given : most;
};

/** Whether a video of one size may go on with the encodings that were chosen for the other. */
export const isLike = (one: Size, other: Size): boolean => {
  const ratio = pixelsOf(one) / pixelsOf(other);
  return layersOf(one) === layersOf(other) && ratio > 0.6 && ratio < 1.6;
};

/**
 * How many simulcast layers browsers encode of a video of that size (libwebrtc: `LimitSimulcastLayerCount`). Of more they
 * leave out the last ones, which are the large ones.
 */
export const layersOf = (size: Size): 1 | 2 | 3 => {
  const pixels = pixelsOf(size);
  return pixels < 480 * 270 ? 1 : pixels < 960 * 540 ? 2 : 3;
};

/** By what each layer is smaller, and its bits per second at 720p. */
const simulcast = {
  1: [[1, fullRate]],
  2: [
    [2, 250_000],
    [1, fullRate],
  ],
  3: [
    [4, 150_000],
    [2, 500_000],
    [1, fullRate],
  ],
} as const;

/**
 * Encodings of a video, so that each receiver gets no more than its tile needs: VP8 and H.264 as up to three simulcast
 * streams, VP9 as one stream with three spatial layers (SVC). AV1 has temporal layers only: Chromium 156 cannot decode
 * AV1 with spatial layers as mediasoup 3.27 forwards it.
 *
 * @param canScale whether this browser encodes SVC layers; otherwise VP9 and AV1 are sent without layers
 */
export const encodingsOf = (how: {
  mimeType: string;
  size: Size;
  maxFrameRate: number | undefined;
  canScale: boolean;
}): types.RtpEncodingParameters[] => {
  const share = Math.max(pixelsOf(how.size) / (1280 * 720), 0.15);
  const encoding = (maxBitrate: number, more: types.RtpEncodingParameters): types.RtpEncodingParameters => ({
    maxBitrate: Math.round(maxBitrate * share),
    ...(how.maxFrameRate && { maxFramerate: how.maxFrameRate }),
    ...more,
  });
  const isOneStream = /vp9|av1/i.test(how.mimeType);
  if (isOneStream && !how.canScale) return [encoding(fullRate, {})];
  const layers = layersOf(how.size);
  if (isOneStream)
    return [encoding(fullRate, { scalabilityMode: layers === 1 || /av1/i.test(how.mimeType) ? 'L1T3' : 'L3T3_KEY' })];
  return simulcast[layers].map(([scaleResolutionDownBy, maxBitrate]) =>
    encoding(maxBitrate, { scaleResolutionDownBy, scalabilityMode: 'L1T3' }),
  );
};
