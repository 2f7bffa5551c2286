/** Mixes any number of audio tracks, which may come and go, into one track that never ends before `close`. */
export const createMixer = () => {
  const context = new AudioContext();
  const out = context.createMediaStreamDestination();
  // Several people at once must not clip.
  const limiter = new DynamicsCompressorNode(context, {
    threshold: -6,
    knee: 6,
    ratio: 12,
    attack: 0.003,
    release: 0.2,
  });
  limiter.connect(out);
  // While no participant can be heard the recorder gets silence, because it records nothing from a stream without samples.
  const silence = new ConstantSourceNode(context, { offset: 0 });
  silence.connect(out);
  silence.start();
  const sources = new Map<MediaStreamTrack, MediaStreamAudioSourceNode>();
  return {
    track: out.stream.getAudioTracks()[0] as MediaStreamTrack,
    /** The tracks that are heard from now on. */
    set(tracks: Iterable<MediaStreamTrack>): void {
      const wanted = new Set(tracks);
      for (const [track, source] of sources) {
        if (wanted.has(track)) continue;
        source.disconnect();
        sources.delete(track);
      }
      for (const track of wanted) {
        if (sources.has(track) || track.readyState === 'ended') continue;
        const source = context.createMediaStreamSource(new MediaStream([track]));
        source.connect(limiter);
        sources.set(track, source);
      }
      if (context.state === 'suspended') void context.resume();
    },
    close(): void {
      sources.clear();
      void context.close();
    },
  };
};
