import { expect, test } from 'vitest';
import { sizes } from './devices.ts';
import { chooseVideoCodec, encodingsOf, layersOf, sizeOf } from './encodings.ts';

const codec = (name: string) => ({
  kind: 'video' as const,
  mimeType: `video/${name}`,
  clockRate: 90_000,
  preferredPayloadType: 96,
});
const both = ['VP8', 'rtx', 'VP9', 'H264'].map(codec);
const of = (mimeType: string, more: Partial<Parameters<typeof encodingsOf>[0]> = {}) =>
  encodingsOf({ mimeType, size: sizes['720p'], maxFrameRate: undefined, canScale: true, ...more });

test('the wanted codec is used where browser and server have it, VP8 otherwise', () => {
  expect(chooseVideoCodec(both, 'VP9')?.mimeType).toBe('video/VP9');
  expect(chooseVideoCodec(both, 'H264')?.mimeType).toBe('video/H264');
  expect(chooseVideoCodec(both, 'AV1')?.mimeType).toBe('video/VP8');
  expect(chooseVideoCodec([codec('H264')], 'VP9')).toBeUndefined();
});

test.each(['video/VP8', 'video/H264'])('%s is sent as three simulcast streams of different size', (mimeType) => {
  expect(of(mimeType)).toEqual([
    { scaleResolutionDownBy: 4, maxBitrate: 149_000, scalabilityMode: 'L1T3' },
    { scaleResolutionDownBy: 2, maxBitrate: 472_000, scalabilityMode: 'L1T3' },
    { scaleResolutionDownBy: 1, maxBitrate: 1_500_000, scalabilityMode: 'L1T3' },
  ]);
});

test.each([
  ['video/VP9', 'L3T3_KEY'],
  ['video/AV1', 'L1T3'],
])('%s is sent as one stream with SVC layers, where the browser supports them', (mimeType, scalabilityMode) => {
  expect(of(mimeType)).toEqual([{ maxBitrate: 1_500_000, scalabilityMode }]);
  expect(of(mimeType, { canScale: false })).toEqual([{ maxBitrate: 1_500_000 }]);
});

test('small video has one spatial layer, large video a higher bit rate, and the frame rate applies to all layers', () => {
  expect(of('video/VP8', { size: sizes['240p'] })).toHaveLength(1);
  expect(of('video/VP9', { size: sizes['240p'] })[0]?.scalabilityMode).toBe('L1T3');
  expect(of('video/VP8', { size: sizes['1080p'] }).at(-1)?.maxBitrate).toBe(2_948_000);
  expect(of('video/VP8', { maxFrameRate: 12 }).map(({ maxFramerate }) => maxFramerate)).toEqual([12, 12, 12]);
});

test('there are no more layers than browsers encode, and the last one is the whole video', () => {
  const scales = (width: number, height: number) =>
    of('video/VP8', { size: { width, height } }).map(({ scaleResolutionDownBy }) => scaleResolutionDownBy);
  expect(scales(1280, 720)).toEqual([4, 2, 1]);
  expect(scales(960, 540)).toEqual([4, 2, 1]);
  expect(scales(854, 480)).toEqual([2, 1]);
  expect(scales(640, 360)).toEqual([2, 1]);
  expect(scales(360, 640)).toEqual([2, 1]);
  expect(scales(320, 240)).toEqual([1]);
});

test('a layer has the same bits whatever camera it is made of', () => {
  const bits = (width: number, height: number) =>
    of('video/VP8', { size: { width, height } }).map(({ maxBitrate }) => maxBitrate);
  expect(bits(640, 360)).toEqual(bits(1280, 720).slice(0, 2));
  const [small = 0, large = 0] = bits(854, 480);
  expect(small).toBeGreaterThan(200_000);
  expect(large).toBeGreaterThan(700_000);
});

test('the camera says how large its video is; where it does not, the definition does', () => {
  const track = (settings: MediaTrackSettings) => ({ getSettings: () => settings }) as MediaStreamTrack;
  expect(layersOf(sizeOf(track({ width: 640, height: 360 }), '720p'))).toBe(2);
  expect(layersOf(sizeOf(track({}), '720p'))).toBe(3);
  // In the lobby it was opened larger than the room wants it, and is being changed: of three layers the largest would not be sent.
  expect(layersOf(sizeOf(track({ width: 1280, height: 720 }), '480p'))).toBe(2);
});
