import {
  BlobSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  type InputAudioTrack,
  type InputVideoTrack,
  Output,
  StreamTarget,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import type { Stored } from './stored.ts';

/** Largest file, in bytes, that is made in memory where no file can be written. */
const mostInMemory = 256 * 1024 ** 2;

/** The packets of a track with what writes them to the output. */
const copyOf = async (track: InputVideoTrack | InputAudioTrack, output: Output) => {
  const packets = new EncodedPacketSink(track).packets();
  const config = (await track.getDecoderConfig()) ?? undefined;
  const next = async () => (await packets.next()).value ?? undefined;
  if (track.isVideoTrack()) {
    const source = new EncodedVideoPacketSource(track.codec ?? 'vp8');
    output.addVideoTrack(source);
    const meta = config && { decoderConfig: config as VideoDecoderConfig };
    return { next, add: (packet: never) => source.add(packet, meta) };
  }
  const source = new EncodedAudioPacketSource((track as InputAudioTrack).codec ?? 'opus');
  output.addAudioTrack(source);
  const meta = config && { decoderConfig: config as AudioDecoderConfig };
  return { next, add: (packet: never) => source.add(packet, meta) };
};

/**
 * Rewrites a recording as a file with a length, in which players can seek. Nothing is encoded again, and only a
 * few packets are in memory at a time.
 *
 * @returns `undefined` where such a file cannot be written
 */
export const rewrite = async (stored: Stored): Promise<Blob | undefined> => {
  const pieces = await stored.blob();
  const file = await stored.finished();
  if (!file && pieces.size > mostInMemory) return undefined;
  const memory = new BufferTarget();
  const target = file ? new StreamTarget(file.writable, { chunked: true, chunkSize: 4 * 1024 ** 2 }) : memory;
  const output = new Output({ format: new WebMOutputFormat(), target });
  using input = new Input({ source: new BlobSource(pieces), formats: [WEBM] });
  const tracks = [await input.getPrimaryVideoTrack(), await input.getPrimaryAudioTrack()].filter(
    (each) => each !== null,
  );
  const copies = await Promise.all(tracks.map((track) => copyOf(track, output)));
  await output.start();
  const heads = await Promise.all(copies.map(({ next }) => next()));
  for (;;) {
    let first = -1;
    for (const [index, head] of heads.entries())
      if (head && (first < 0 || head.timestamp < (heads[first]?.timestamp ?? 0))) first = index;
    const copy = copies[first];
    if (!copy) break;
    await copy.add(heads[first] as never);
    heads[first] = await copy.next();
  }
  await output.finalize();
  return file ? file.read() : new Blob([memory.buffer as ArrayBuffer], { type: stored.facts.mimeType });
};
