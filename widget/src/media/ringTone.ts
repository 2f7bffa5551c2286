/** Seconds of one ring: a double tone, then a pause. */
const period = 3;
const rings = 40;
/** If the browser has not begun to play within this time, in milliseconds, it counts as refusing. */
const patience = 500;

/** The whole tone is planned ahead by the audio clock: timers of a hidden tab run once a minute. */
const plan = (context: AudioContext): void => {
  const volume = context.createGain();
  volume.gain.value = 0;
  volume.connect(context.destination);
  for (const frequency of [440, 480]) {
    const tone = context.createOscillator();
    tone.frequency.value = frequency;
    tone.connect(volume);
    tone.start();
  }
  for (let ring = 0; ring < rings; ring++) {
    for (const beat of [0, 0.6]) {
      const at = context.currentTime + ring * period + beat;
      volume.gain.setTargetAtTime(0.12, at, 0.02);
      volume.gain.setTargetAtTime(0, at + 0.4, 0.03);
    }
  }
};

const play = (tell: (isAudible: boolean) => void): (() => void) => {
  const context = new AudioContext();
  let told: boolean | undefined;
  const report = (): void => {
    const isAudible = context.state === 'running';
    if (context.state === 'closed' || told === isAudible) return;
    told = isAudible;
    tell(isAudible);
  };
  const resume = (): void => void context.resume().catch(() => {});
  plan(context);
  resume();
  context.addEventListener('statechange', report);
  const timer = setTimeout(report, patience);
  for (const gesture of ['pointerup', 'keydown']) addEventListener(gesture, resume);
  return () => {
    clearTimeout(timer);
    context.removeEventListener('statechange', report);
    for (const gesture of ['pointerup', 'keydown']) removeEventListener(gesture, resume);
    void context.close();
  };
};

/**
 * Rings until it is stopped, in only one of several tabs. `tell` is called with whether the tone plays: browsers may refuse it before
 * a user gesture; then it begins with the next gesture.
 */
export const startRingTone = (tell: (isAudible: boolean) => void): (() => void) => {
  const over = new AbortController();
  const ring = (): Promise<void> =>
    new Promise((done) => {
      if (over.signal.aborted) return done();
      const stop = play(tell);
      over.signal.addEventListener('abort', () => {
        stop();
        done();
      });
    });
  // The holder of the lock rings; when its tab is closed, the next one does. Where there are no locks, as in a frame that the browser
  // gives no storage, every tab rings.
  const waits = navigator.locks?.request('meetframe.ring', { signal: over.signal }, ring) ?? ring();
  waits.catch(ring);
  return () => over.abort();
};
