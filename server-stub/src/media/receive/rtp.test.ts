import { expect, test } from 'vitest';
import {
  type GenericNack,
  PictureLossIndication,
  RtcpPacketConverter,
  type RtcpPayloadSpecificFeedback,
  RtcpSenderInfo,
  RtcpSrPacket,
  type RtcpTransportLayerFeedback,
  RtpHeader,
  RtpPacket,
} from 'werift';
import { distance, isRtcp, levelOf, nack, parseRtp, pictureLoss, senderReports, unwrapper } from './rtp.ts';

const packet = (profile: 0xbede | 0x1000, extensions: { id: number; payload: Buffer }[], padding = 0): Buffer => {
  const header = new RtpHeader({
    payloadType: 111,
    sequenceNumber: 65535,
    timestamp: 4_000_000_000,
    ssrc: 77,
    marker: true,
    csrc: [5, 6],
    extension: true,
    extensionProfile: profile,
    extensions,
  });
  const bytes = new RtpPacket(header, Buffer.from('audio')).serialize();
  if (!padding) return bytes;
  bytes[0] = (bytes[0] ?? 0) | 0x20;
  return Buffer.concat([bytes, Buffer.alloc(padding - 1), Buffer.from([padding])]);
};

test('a packet is read with its header extensions of one and of two bytes', () => {
  for (const profile of [0xbede, 0x1000] as const) {
    const extensions = [
      { id: 3, payload: Buffer.from('abc') },
      { id: 10, payload: Buffer.from([0x80 | 30]) },
    ];
    const read = parseRtp(packet(profile, extensions, 4));
    expect(read).toMatchObject({ sequence: 65535, timestamp: 4_000_000_000, ssrc: 77, payloadType: 111, marker: true });
    expect(read?.payload.toString()).toBe('audio');
    expect(read?.extension(3)?.toString()).toBe('abc');
    expect(read && levelOf(read, 10)).toBe(-30);
    expect(read && [levelOf(read, 4), levelOf(read, undefined)]).toEqual([undefined, undefined]);
  }
});

test('what is no RTP packet, or is cut off, is none', () => {
  const whole = packet(0xbede, [{ id: 3, payload: Buffer.from('abc') }]);
  expect(parseRtp(Buffer.alloc(20))).toBeUndefined();
  for (let length = 0; length < whole.length - 5; length++) {
    const read = parseRtp(whole.subarray(0, length));
    expect(read?.payload).toBeUndefined();
  }
  // An extension that says it is longer than the block.
  const lying = Buffer.from(whole);
  lying[24] = 0x3f;
  expect(parseRtp(lying)?.extension(3)).toBeUndefined();
});

test('sender reports are found in compound packets', () => {
  const seconds = 2_208_988_800 + 1_700_000_000;
  const info = new RtcpSenderInfo({
    ntpTimestamp: (BigInt(seconds) << 32n) + 2n ** 31n,
    rtpTimestamp: 90_000,
    packetCount: 1,
    octetCount: 2,
  });
  const report = new RtcpSrPacket({ ssrc: 42, senderInfo: info }).serialize();
  const bye = Buffer.from([0x81, 203, 0, 1, 0, 0, 0, 42]);
  expect(isRtcp(report)).toBe(true);
  expect(isRtcp(packet(0xbede, []))).toBe(false);
  expect(senderReports(Buffer.concat([report, bye, report, Buffer.from([0x80, 200, 0, 6])]))).toEqual([
    { ssrc: 42, time: 1_700_000_000_500, timestamp: 90_000, packet: report },
    { ssrc: 42, time: 1_700_000_000_500, timestamp: 90_000, packet: report },
  ]);
});

test('lost packets and key frames are asked for', () => {
  const lost = [65530, 65531, 2, 10, 11, 500];
  const [asked] = RtcpPacketConverter.deSerialize(nack(9, lost)) as RtcpTransportLayerFeedback[];
  const feedback = asked?.feedback as GenericNack;
  expect(feedback.mediaSourceSsrc).toBe(9);
  expect(feedback.lost.map((sequence) => sequence & 0xffff)).toEqual(lost);
  const [other] = RtcpPacketConverter.deSerialize(pictureLoss(9)) as RtcpPayloadSpecificFeedback[];
  expect(other?.feedback).toBeInstanceOf(PictureLossIndication);
  expect(other?.feedback).toMatchObject({ mediaSsrc: 9 });
});

test('counters go on where they wrap', () => {
  expect([distance(65535, 0, 16), distance(0, 65535, 16), distance(2 ** 32 - 1, 1, 32)]).toEqual([1, -1, 2]);
  const unwrap = unwrapper(16);
  expect([65534, 0, 65535, 1].map(unwrap)).toEqual([65534, 65536, 65535, 65537]);
});
