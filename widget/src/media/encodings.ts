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

/**
 * Bits per second of a video of that many pixels: 1.5 Mb/s at 720p. A smaller one needs more for each pixel; so it comes near the table
 * that libwebrtc has for simulcast layers, and a layer costs the same whatever camera it is made of.
 */
const rateOf = (pixels: number): number => Math.round(1500 * (pixels / (1280 * 720)) ** (5 / 6)) * 1000;

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

/** Whether a video of one size can keep the encodings that were chosen for the other size. */
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

/** Factor by which each layer is smaller. */
const scales = { 1: [1], 2: [2, 1], 3: [4, 2, 1] } as const;

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
  const encoding = (scale: number, more: types.RtpEncodingParameters): types.RtpEncodingParameters => ({
    maxBitrate: rateOf(pixelsOf(how.size) / scale ** 2),
    ...(how.maxFrameRate && { maxFramerate: how.maxFrameRate }),
    ...more,
  });
  const isOneStream = /vp9|av1/i.test(how.mimeType);
  if (isOneStream && !how.canScale) return [encoding(1, {})];
  const layers = layersOf(how.size);
  if (isOneStream)
    return [encoding(1, { scalabilityMode: layers === 1 || /av1/i.test(how.mimeType) ? 'L1T3' : 'L3T3_KEY' })];
  return scales[layers].map((scaleResolutionDownBy) =>
    encoding(scaleResolutionDownBy, { scaleResolutionDownBy, scalabilityMode: 'L1T3' }),
  );
};
