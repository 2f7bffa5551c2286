import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import type { AppModel } from '../../model/compose.ts';
import { createTranslate } from '../../view/i18n.ts';
import { PipView } from '../../view/pip.ts';
import { ToolbarView } from '../../view/toolbar.ts';
import { TextContext } from '../text.ts';
import { PipWindow } from './PipWindow.tsx';
import { stillOf } from './still.ts';

/** The Document Picture-in-Picture API: only Chromium has it, and only for a page that is not in a frame. */
type Windows = { requestWindow(size: { width: number; height: number }): Promise<Window> };
const windows = (): Windows | undefined =>
  window.parent === window ? (window as { documentPictureInPicture?: Windows }).documentPictureInPicture : undefined;

export const hasPip = (): boolean => windows() !== undefined || document.pictureInPictureEnabled === true;

/** Closes the window that is open. */
export const openPip = signal<(() => void) | undefined>(undefined);

const end = (stops: readonly (() => void)[]): void => {
  openPip.value = undefined;
  for (const stop of stops) stop();
};
/** Closes the window when the user leaves the meeting. */
const untilLeft = (app: AppModel, close: () => void): (() => void) =>
  effect(() => {
    if (app.meeting.seat.selfId.value === null) queueMicrotask(close);
  });

const openDocument = async (app: AppModel, from: Windows): Promise<void> => {
  const pip = await from.requestWindow({ width: 360, height: 260 });
  for (const style of document.querySelectorAll('link[rel="stylesheet"], style'))
    pip.document.head.append(style.cloneNode(true));
  Object.assign(pip.document.documentElement.dataset, document.documentElement.dataset);
  pip.document.documentElement.lang = document.documentElement.lang;
  const [view, toolbar] = [new PipView(app), new ToolbarView(app)];
  const t = createTranslate(app);
  const root = pip.document.body;
  const close = (): void => pip.close();
  const stop = untilLeft(app, close);
  pip.addEventListener('pagehide', () =>
    end([stop, () => render(null, root), () => view[Symbol.dispose](), () => toolbar[Symbol.dispose]()]),
  );
  openPip.value = close;
  render(
    <TextContext.Provider value={t}>
      <PipWindow view={view} toolbar={toolbar} />
    </TextContext.Provider>,
    root,
  );
};

/** Without that API: a window with only the video of the active speaker, or the initials if the camera is off. */
const openVideo = async (app: AppModel): Promise<void> => {
  const view = new PipView(app);
  const video = document.createElement('video');
  Object.assign(video, { muted: true, playsInline: true, hidden: true });
  document.body.append(video);
  const still = stillOf();
  const show = effect(() => {
    const { client, stream } = { client: view.client.value, stream: view.stream.value };
    video.srcObject = stream ?? still.of(client?.name ?? '');
    void video.play().catch(() => {});
  });
  const close = (): void => void document.exitPictureInPicture().catch(() => {});
  const clean = [show, still.close, () => view[Symbol.dispose](), () => video.remove()];
  try {
    if (video.readyState === 0)
      await new Promise((resolve) => video.addEventListener('loadedmetadata', resolve, { once: true }));
    await video.requestPictureInPicture();
  } catch (error) {
    end(clean);
    throw error;
  }
  const stop = untilLeft(app, close);
  video.addEventListener('leavepictureinpicture', () => end([stop, ...clean]), { once: true });
  openPip.value = close;
};

/** Shows the active speaker in a small window above all others, or closes it. Must be called in a click handler; a refusal changes nothing. */
export const togglePip = (app: AppModel): void => {
  const from = windows();
  const close = openPip.peek();
  if (close) close();
  else (from ? openDocument(app, from) : openVideo(app)).catch(() => {});
};
