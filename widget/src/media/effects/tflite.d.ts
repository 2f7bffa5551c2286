declare module '@twilio/video-processors/dist/build/tflite-simd-1-0-0.js' {
  /** TensorFlow Lite, with one model at a time. Offsets are in bytes. */
  export type Tflite = {
    readonly HEAPU8: Uint8Array;
    readonly HEAPF32: Float32Array;
    _getModelBufferMemoryOffset(): number;
    _loadModel(bytes: number): number;
    _getInputMemoryOffset(): number;
    _getInputWidth(): number;
    _getInputHeight(): number;
    _getOutputMemoryOffset(): number;
    _runInference(): number;
  };
  const create: (options: { locateFile: () => string }) => Promise<Tflite>;
  // biome-ignore lint/style/noDefaultExport: as the package has it.
  export default create;
}
