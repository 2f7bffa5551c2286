import modelUrl from '@twilio/video-processors/dist/build/selfie_segmentation_landscape.tflite?url';
import createTflite from '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js';
import wasmUrl from '@twilio/video-processors/dist/build/tflite-simd-1-0-0.wasm?url';

/** Share of the previous mask in the next one, because masks flicker without it. */
const inertia = 0.35;

/** Finds the person in a frame: returns a mask with the likelihood of the person as alpha. */
export type Segmenter = (frame: VideoFrame) => OffscreenCanvas;

/** Loads MediaPipe's selfie segmentation. Rejects where the browser lacks WebAssembly or its SIMD instructions. */
export const createSegmenter = async (): Promise<Segmenter> => {
  const [tflite, model] = await Promise.all([
    createTflite({ locateFile: () => wasmUrl }),
    fetch(modelUrl).then((answer) => answer.arrayBuffer()),
  ]);
  tflite.HEAPU8.set(new Uint8Array(model), tflite._getModelBufferMemoryOffset());
  tflite._loadModel(model.byteLength);
  const [width, height] = [tflite._getInputWidth(), tflite._getInputHeight()];
  const input = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  const output = new OffscreenCanvas(width, height).getContext('2d');
  if (!input || !output) throw new Error('This browser draws on no canvas in a worker.');
  const mask = output.createImageData(width, height);
  return (frame) => {
    input.drawImage(frame, 0, 0, width, height);
    const { data } = input.getImageData(0, 0, width, height);
    const heap = tflite.HEAPF32;
    const [to, from] = [tflite._getInputMemoryOffset() / 4, tflite._getOutputMemoryOffset() / 4];
    for (let pixel = 0; pixel < width * height; pixel++)
      for (let channel = 0; channel < 3; channel++)
        heap[to + pixel * 3 + channel] = (data[pixel * 4 + channel] ?? 0) / 255;
    tflite._runInference();
    for (let pixel = 0; pixel < width * height; pixel++) {
      const at = pixel * 4 + 3;
      mask.data[at] = inertia * (mask.data[at] ?? 0) + (1 - inertia) * 255 * (tflite.HEAPF32[from + pixel] ?? 0);
    }
    output.putImageData(mask, 0, 0);
    return output.canvas;
  };
};
