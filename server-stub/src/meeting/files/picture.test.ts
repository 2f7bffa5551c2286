import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { kindOf, other } from './picture.ts';

const picture = (format: string, ...more: string[]): Buffer =>
  execFileSync('ffmpeg', [
    ...['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=s=48x32:d=0.1', '-frames:v', '1', ...more],
    ...['-f', 'image2pipe', '-c:v', format, '-'],
  ]);

test('[+ sendFile] pictures that browsers show are known by their bytes, with their size', () => {
  const size = { width: 48, height: 32 };
  expect(kindOf(picture('png'))).toEqual({ type: 'image/png', ...size });
  expect(kindOf(picture('mjpeg', '-pix_fmt', 'yuvj420p'))).toEqual({ type: 'image/jpeg', ...size });
  expect(kindOf(picture('libwebp'))).toEqual({ type: 'image/webp', ...size });
  expect(kindOf(Buffer.from('47494638396130002000', 'hex'))).toEqual({ type: 'image/gif', ...size });
});

test('[+ sendFile] a JPEG picture that lies on its side has the size as it is seen', () => {
  const plain = picture('mjpeg', '-pix_fmt', 'yuvj420p');
  // An APP1 segment with one entry, the orientation 6.
  const exif = Buffer.from(
    'ffe10022457869660000' + '4d4d002a00000008' + '0001' + '011200030000000100060000' + '00000000',
    'hex',
  );
  const turned = Buffer.concat([plain.subarray(0, 2), exif, plain.subarray(2)]);
  expect(kindOf(turned)).toEqual({ type: 'image/jpeg', width: 32, height: 48 });
});

test('[+ sendFile] what could contain a script, is cut off, or too large to be shown, is no picture', () => {
  const huge = Buffer.from(picture('png'));
  huge.writeUInt32BE(40_000, 16);
  for (const bytes of [
    Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'),
    Buffer.from('<!doctype html><script>alert(1)</script>'),
    Buffer.from('%PDF-1.7'),
    Buffer.from('BM                            '),
    picture('png').subarray(0, 12),
    picture('mjpeg', '-pix_fmt', 'yuvj420p').subarray(0, 3),
    huge,
    Buffer.alloc(0),
  ])
    expect(kindOf(bytes)).toEqual(other);
});
