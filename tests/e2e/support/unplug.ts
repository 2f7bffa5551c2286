import type { BrowserContext, Frame } from '@playwright/test';

type Own = { unplug(kind: 'videoinput' | 'audioinput'): void; plugIn(): void };

/**
 * Lets tests unplug devices: Chromium's fake ones cannot be. From then on the browser's interface says what it says when a
 * plug is pulled: tracks end, the list is shorter, `devicechange` comes, and opening is refused.
 */
export const pluggable = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript(() => {
    const { mediaDevices } = navigator;
    if (!mediaDevices) return;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    const list = mediaDevices.enumerateDevices.bind(mediaDevices);
    const tracks: MediaStreamTrack[] = [];
    let missing: string | undefined;
    const kindOf = (track: MediaStreamTrack) => `${track.kind}input`;
    const changed = () => mediaDevices.dispatchEvent(new Event('devicechange'));
    mediaDevices.getUserMedia = async (wanted) => {
      if (missing && wanted?.[missing === 'videoinput' ? 'video' : 'audio'])
        throw new DOMException('Requested device not found', 'NotFoundError');
      const stream = await open(wanted);
      tracks.push(...stream.getTracks());
      return stream;
    };
    mediaDevices.enumerateDevices = async () => (await list()).filter(({ kind }) => kind !== missing);
    Object.assign(window, {
      unplug(kind: string) {
        missing = kind;
        for (const track of tracks)
          if (kindOf(track) === kind && track.readyState === 'live') {
            track.stop();
            track.dispatchEvent(new Event('ended'));
          }
        changed();
      },
      plugIn() {
        missing = undefined;
        changed();
      },
    });
  });

export const unplug = (frame: Frame, kind: 'videoinput' | 'audioinput'): Promise<void> =>
  frame.evaluate((which) => (window as never as Own).unplug(which), kind);

export const plugIn = (frame: Frame): Promise<void> => frame.evaluate(() => (window as never as Own).plugIn());
