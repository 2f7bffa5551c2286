type Tones = {
  target: AudioNode;
  /** In hertz. */
  frequencies: readonly number[];
  /** Seconds from the beginning of one tone to the next; each fades while the next begins. */
  each: number;
  /** 0 to 1. */
  loudness: number;
  /** When the first begins, by the clock of the target's context. */
  start: number;
};

/** Plans tones one after the other. Gives the last, which says when all have ended. */
export const planTones = ({ target, frequencies, each, loudness, start }: Tones): OscillatorNode | undefined => {
  const { context } = target;
  return frequencies
    .map((frequency, index) => {
      const [tone, gain] = [context.createOscillator(), context.createGain()];
      const from = start + index * each;
      tone.frequency.value = frequency;
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime(loudness, from + 0.01);
      gain.gain.exponentialRampToValueAtTime(0.001, from + each * 1.7);
      tone.connect(gain).connect(target);
      tone.start(from);
      tone.stop(from + each * 1.8);
      return tone;
    })
    .at(-1);
};
