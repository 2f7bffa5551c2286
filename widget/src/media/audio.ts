export type AudioOut = ReturnType<typeof createAudioOut>;

/** Plays what the others say: one element for each stream, so that each can fail or be muted on its own. */
export const createAudioOut = () => {
  const elements = new Map<string, HTMLAudioElement>();
  let speaker = '';
  let waiting = false;

  const play = (element: HTMLAudioElement): void => {
    element.play().catch((error: unknown) => {
      if ((error as { name?: string }).name === 'NotAllowedError') waitForGesture();
    });
  };
  const resume = (): void => {
    stopWaiting();
    for (const element of elements.values()) if (element.paused) play(element);
  };
  const gestures = ['pointerup', 'keydown'] as const;
  const waitForGesture = (): void => {
    if (waiting) return;
    waiting = true;
    for (const name of gestures) addEventListener(name, resume, { once: true, capture: true });
  };
  const stopWaiting = (): void => {
    waiting = false;
    for (const name of gestures) removeEventListener(name, resume, { capture: true });
  };
  const route = (element: HTMLAudioElement): Promise<void> =>
    'setSinkId' in element ? element.setSinkId(speaker) : Promise.resolve();

  const remove = (id: string): void => {
    const element = elements.get(id);
    if (!element) return;
    elements.delete(id);
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
      if (speaker) void route(element).catch(() => {});
      play(element);
    },
    remove,
    async setSpeaker(deviceId: string): Promise<void> {
      speaker = deviceId;
      await Promise.all([...elements.values()].map(route));
    },
    close(): void {
      stopWaiting();
      for (const id of [...elements.keys()]) remove(id);
    },
  };
};
