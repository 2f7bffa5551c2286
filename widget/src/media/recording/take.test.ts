// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { requireRecording } from './take.ts';

afterEach(() => void vi.unstubAllGlobals());

test('[3.13] [3.31] UNSUPPORTED names what the browser lacks', () => {
  const lacks = () => {
    try {
      requireRecording();
      return undefined;
    } catch (error) {
      const { code, details } = error as { code: string; details: { lacks: string[] } };
      return [code, details.lacks];
    }
  };
  vi.stubGlobal('navigator', {});
  expect(lacks()).toEqual(['UNSUPPORTED', ['getDisplayMedia', 'a MediaRecorder for WebM']]);
  vi.stubGlobal('navigator', { mediaDevices: { getDisplayMedia() {} } });
  // As Safari before it knew WebM.
  vi.stubGlobal('MediaRecorder', { isTypeSupported: (type: string) => type.includes('mp4') });
  expect(lacks()).toEqual(['UNSUPPORTED', ['a MediaRecorder for WebM']]);
  vi.stubGlobal('MediaRecorder', { isTypeSupported: () => true });
  expect(lacks()).toBeUndefined();
});
