import { RTCPeerError } from '@meetframe/contract';

export type AudioOut = ReturnType<typeof createAudioOut>;

const gestures = ['pointerup', 'keydown'] as const;

/**
 * Plays the audio of the other participants: one element for each stream, so that each can fail or be muted on its own.
 * Browsers may refuse to play before a user gesture; `onBlocked` reports it, and the next gesture plays all streams.
 */
export const createAudioOut = (deps: { onBlocked: (isBlocked: boolean) => void }) => {
  const elements = new Map<string, HTMLAudioElement>();
  const blocked = new Set<HTMLAudioElement>();
  let speaker = '';
  let waiting = false;

  const resume = (): void => {
    for (const element of blocked) play(element);
  };
  /** Listens for a user gesture while a stream is blocked. */
  const wait = (): void => {
    const isBlocked = blocked.size > 0;
    if (isBlocked === waiting) return;
    waiting = isBlocked;
    for (const name of gestures)
      isBlocked
        ? addEventListener(name, resume, { capture: true })
        : removeEventListener(name, resume, { capture: true });
    deps.onBlocked(isBlocked);
  };
  const play = (element: HTMLAudioElement): void => {
    element.play().then(
      () => {
        blocked.delete(element);
        wait();
      },
      (error: unknown) => {
        const isGone = ![...elements.values()].includes(element);
        if ((error as { name?: string }).name !== 'NotAllowedError' || isGone) return;
        blocked.add(element);
        wait();
      },
    );
  };
  const route = async (element: HTMLAudioElement, deviceId: string): Promise<void> => {
    if (!('setSinkId' in element))
      throw new RTCPeerError('UNSUPPORTED', 'This browser does not let a page choose the speaker.');
    await element.setSinkId(deviceId);
  };

  const remove = (id: string): void => {
    const element = elements.get(id);
    if (!element) return;
    elements.delete(id);
    blocked.delete(element);
    wait();
    element.pause();
    element.srcObject = null;
    element.remove();
  };
  return {
    add(id: string, track: MediaStreamTrack): void {
      remove(id);
      const element = document.createElement('audio');
      element.autoplay = true;
      element.srcObject = new MediaStream([track]);
      elements.set(id, element);
      // In the document, so that the browser does not collect it and tools can see it.
      element.hidden = true;
      document.body.append(element);
      if (speaker) void route(element, speaker).catch(() => {});
      play(element);
    },
    remove,
    /** Plays the streams that the browser had refused to play; works within a user gesture only. */
    resume,
    /** Plays all audio on another speaker; rejects, and changes nothing, when that is not possible. */
    async setSpeaker(deviceId: string): Promise<void> {
      // Tried on a separate element first, because there may be no stream yet.
      await route(document.createElement('audio'), deviceId);
      speaker = deviceId;
      await Promise.all([...elements.values()].map((element) => route(element, deviceId)));
    },
    close(): void {
      for (const id of [...elements.keys()]) remove(id);
    },
  };
};
