import type { Page } from '@playwright/test';
import { must } from './api.ts';

/**
 * Chromium's own fake devices instead of files: three cameras and several microphones and speakers. The first camera shows
 * light green, the third dark green; the second shows black, which does not reach the encoder on a machine without a GPU.
 */
export const manyDevices = {
  flags: ['--use-fake-device-for-media-stream=device-count=3'],
  without: ['--use-fake-device', '--use-file-for-fake'],
};

type Device = { deviceId: string; kind: string; label: string; groupId: string };

/** Devices of a kind, as the page is told of them. */
export const devicesOf = async (page: Page, kind: string): Promise<Device[]> =>
  ((await must(page, 'meeting.getMediaDevices')) as Device[]).filter((device) => device.kind === kind);
