import { loadRnnoise, RnnoiseWorkletNode } from '@sapphi-red/web-noise-suppressor';
import wasmUrl from '@sapphi-red/web-noise-suppressor/rnnoise.wasm?url';
import simdUrl from '@sapphi-red/web-noise-suppressor/rnnoise_simd.wasm?url';
import workletUrl from '@sapphi-red/web-noise-suppressor/rnnoiseWorklet.js?url';

/** RNNoise was trained with this rate. */
const sampleRate = 48_000;

export const hasNoiseSuppression = (): boolean =>
  typeof AudioWorkletNode === 'function' && typeof WebAssembly === 'object';

export type Quiet = {
  track: MediaStreamTrack;
  close(): void;
};

/** Removes noise from a microphone with RNNoise, in an audio worklet. Rejects where the browser cannot, or plays no sound yet. */
export const suppressNoise = async (microphone: MediaStreamTrack): Promise<Quiet> => {
  const context = new AudioContext({ sampleRate, latencyHint: 'interactive' });
  try {
    const [wasmBinary] = await Promise.all([
      loadRnnoise({ url: wasmUrl, simdUrl }),
      context.audioWorklet.addModule(workletUrl),
    ]);
    // Before a user gesture an audio context is suspended, and its output is silence.
    await Promise.race([
      context.resume(),
      new Promise((_, reject) => setTimeout(reject, 2000, new Error('no sound may be played yet'))),
    ]);
    const source = context.createMediaStreamSource(new MediaStream([microphone]));
    const suppressor = new RnnoiseWorkletNode(context, { wasmBinary, maxChannels: 1 });
    const out = new MediaStreamAudioDestinationNode(context, { channelCount: 1 });
    source.connect(suppressor).connect(out);
    const [track] = out.stream.getAudioTracks();
    if (!track) throw new Error('The destination has no track.');
    return {
      track,
      close() {
        source.disconnect();
        suppressor.destroy();
        track.stop();
        void context.close();
      },
    };
  } catch (error) {
    void context.close();
    throw error;
  }
};
