/** Measures how loud a microphone is, 0 to 1, ten times a second. Returns a function that stops it. */
export const watchLevel = (track: MediaStreamTrack, report: (level: number) => void): (() => void) => {
  if (typeof AudioContext === 'undefined') return () => {};
  const context = new AudioContext();
  const source = context.createMediaStreamSource(new MediaStream([track]));
  const analyser = context.createAnalyser();
  analyser.fftSize = 512;
  source.connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    if (context.state === 'suspended') void context.resume().catch(() => {});
    analyser.getFloatTimeDomainData(samples);
    let sum = 0;
    for (const sample of samples) sum += sample * sample;
    // Speech lies between about -60 dB and -10 dB.
    const decibels = 10 * Math.log10(sum / samples.length + 1e-9);
    report(track.enabled ? Math.min(1, Math.max(0, (decibels + 60) / 50)) : 0);
  }, 100);
  return () => {
    clearInterval(timer);
    source.disconnect();
    void context.close().catch(() => {});
    report(0);
  };
};
