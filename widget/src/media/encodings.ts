import type { Definition, VideoCodec } from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import { sizes } from './devices.ts';

type Codec = types.RtpCodecCapability;

const named = (codecs: readonly Codec[] | undefined, name: VideoCodec): Codec | undefined =>
  codecs?.find(({ mimeType }) => mimeType.toLowerCase() === `video/${name.toLowerCase()}`);

/** The codec asked for where this browser and the server both have it, otherwise VP8, which everybody can receive. */
export const chooseVideoCodec = (codecs: readonly Codec[] | undefined, wanted: VideoCodec): Codec | undefined =>
  named(codecs, wanted) ?? named(codecs, 'VP8');

/** Bits per second of a full 720p picture; other sizes get their share. */
const fullRate = 1_500_000;

/**
 * How a picture is encoded so that each receiver gets no more than its tile needs: VP8 and H.264 as three streams of
 * their own (simulcast), VP9 as three layers within one (SVC). AV1 has layers in time only: of its layers in size,
 * Chromium 156 decodes nothing of what mediasoup 3.27 forwards.
 *
 * @param canScale whether this browser encodes layers within a stream; without them VP9 and AV1 go out as they are
 */
export const encodingsOf = (how: {
  mimeType: string;
  definition: Definition;
  maxFrameRate: number | undefined;
  canScale: boolean;
}): types.RtpEncodingParameters[] => {
  const { width, height } = sizes[how.definition];
  const share = Math.max((width * height) / (1280 * 720), 0.15);
  const encoding = (maxBitrate: number, more: types.RtpEncodingParameters): types.RtpEncodingParameters => ({
    maxBitrate: Math.round(maxBitrate * share),
    ...(how.maxFrameRate && { maxFramerate: how.maxFrameRate }),
    ...more,
  });
  // A picture of 240 lines has no smaller sisters worth their cost.
  const isSmall = how.definition === '240p';
  const isOneStream = /vp9|av1/i.test(how.mimeType);
  if (isOneStream && !how.canScale) return [encoding(fullRate, {})];
  if (isOneStream)
    return [encoding(fullRate, { scalabilityMode: isSmall || /av1/i.test(how.mimeType) ? 'L1T3' : 'L3T3_KEY' })];
  const layer = (scaleResolutionDownBy: number, maxBitrate: number) =>
    encoding(maxBitrate, { scaleResolutionDownBy, scalabilityMode: 'L1T3' });
  return isSmall ? [layer(1, fullRate)] : [layer(4, 150_000), layer(2, 500_000), layer(1, fullRate)];
};
