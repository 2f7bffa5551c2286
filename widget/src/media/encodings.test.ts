import { expect, test } from 'vitest';
import { chooseVideoCodec, encodingsOf } from './encodings.ts';

const codec = (name: string) => ({
  kind: 'video' as const,
  mimeType: `video/${name}`,
  clockRate: 90_000,
  preferredPayloadType: 96,
});
const both = ['VP8', 'rtx', 'VP9', 'H264'].map(codec);
const of = (mimeType: string, more: Partial<Parameters<typeof encodingsOf>[0]> = {}) =>
  encodingsOf({ mimeType, definition: '720p', maxFrameRate: undefined, canScale: true, ...more });

test('the wanted codec is used where browser and server have it, VP8 otherwise', () => {
  expect(chooseVideoCodec(both, 'VP9')?.mimeType).toBe('video/VP9');
  expect(chooseVideoCodec(both, 'H264')?.mimeType).toBe('video/H264');
  expect(chooseVideoCodec(both, 'AV1')?.mimeType).toBe('video/VP8');
  expect(chooseVideoCodec([codec('H264')], 'VP9')).toBeUndefined();
});

test.each(['video/VP8', 'video/H264'])('%s is sent as three simulcast streams of different size', (mimeType) => {
  expect(of(mimeType)).toEqual([
    { scaleResolutionDownBy: 4, maxBitrate: 150_000, scalabilityMode: 'L1T3' },
    { scaleResolutionDownBy: 2, maxBitrate: 500_000, scalabilityMode: 'L1T3' },
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
  expect(of('video/VP8', { definition: '240p' })).toHaveLength(1);
  expect(of('video/VP9', { definition: '240p' })[0]?.scalabilityMode).toBe('L1T3');
  expect(of('video/VP8', { definition: '1080p' }).at(-1)?.maxBitrate).toBe(3_375_000);
  expect(of('video/VP8', { maxFrameRate: 12 }).map(({ maxFramerate }) => maxFramerate)).toEqual([12, 12, 12]);
});
