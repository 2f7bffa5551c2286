import type { RTCPeerOptions } from './options.ts';
import type { RTCPeer } from './types.ts';

/** Distance of the card from the edges of the window; in a window narrower than `narrow` the card is centred at the lower edge. In CSS pixels. */
const edge = 16;
const narrow = 640;

const fixed = 'position:fixed;z-index:2147483000;border:0;';
const hidden = `${fixed}inset:auto 0 0 auto;width:1px;height:1px;opacity:0;pointer-events:none`;
const raised = 'border-radius:16px;box-shadow:0 2px 6px #0002,0 16px 48px #0006';

type Point = { x: number; y: number };

/**
 * Resizes the frame of calls as the widget asks, and signals a ringing call outside of the frame: in the page's title and with a
 * notification, which only the page itself may show. A separate file, because few pages have calls.
 */
export const attach = (
  peer: RTCPeer,
  {
    receiver,
    callFrame = receiver ? 'overlay' : 'container',
    attention: { title = true, notification = true } = {},
  }: RTCPeerOptions,
): void => {
  const { iframe } = peer;
  const contained = iframe.style.cssText;
  let card = { width: 0, height: 0 };
  /** Upper left corner of the card, once the user has dragged it. */
  let at: Point | undefined;

  const place = (): void => {
    const { innerWidth, innerHeight } = window;
    const width = Math.min(card.width, innerWidth - 2 * edge);
    const height = Math.min(card.height, innerHeight - 2 * edge);
    const within = (value: number, size: number, all: number) => Math.max(edge, Math.min(value, all - edge - size));
    const inset = at
      ? `${within(at.y, height, innerHeight)}px auto auto ${within(at.x, width, innerWidth)}px`
      : innerWidth < narrow
        ? `auto auto ${edge}px ${(innerWidth - width) / 2}px`
        : `${edge}px ${edge}px auto auto`;
    iframe.style.cssText = `${fixed}${raised};inset:${inset};width:${width}px;height:${height}px`;
  };
  const show = (view: 'none' | 'card' | 'full'): void => {
    removeEventListener('resize', place);
    // An invisible frame must not get the keyboard focus.
    iframe.inert = view === 'none';
    if (view === 'card') {
      place();
      addEventListener('resize', place);
    } else if (view === 'none') iframe.style.cssText = hidden;
    else iframe.style.cssText = callFrame === 'overlay' ? `${fixed}inset:0;width:100%;height:100%` : contained;
  };
  if (callFrame === 'page') iframe.style.cssText = contained;
  else {
    if (receiver) show('none');
    peer.on('frameWanted', ({ view, width, height }) => {
      card = { width, height };
      show(view);
    });
    peer.on('frameDragged', ({ x, y }) => {
      const box = iframe.getBoundingClientRect();
      at = { x: box.x + x, y: box.y + y };
      place();
    });
  }

  /** The page's title before the call rang, and the one while it rings. */
  let titles: [before: string, ringing: string] | undefined;
  let shown: Notification | undefined;
  const calm = (): void => {
    // The page may have changed it meanwhile.
    if (titles && document.title === titles[1]) document.title = titles[0];
    titles = undefined;
    shown?.close();
    shown = undefined;
  };
  peer.on('callRinging', ({ callId, peer: { name, photo }, text }) => {
    if (title && !titles) {
      titles = [document.title, `📞 ${name} · ${text}`];
      document.title = titles[1];
    }
    const isAllowed = notification && 'Notification' in window && Notification.permission === 'granted';
    if (!isAllowed || shown?.tag === callId || document.hasFocus()) return;
    try {
      const note = new Notification(name, {
        body: text,
        tag: callId,
        requireInteraction: true,
        ...(photo && { icon: photo }),
      });
      note.onclick = () => {
        focus();
        iframe.focus();
        note.close();
      };
      shown = note;
    } catch {
      // Chromium on Android shows notifications of service workers only.
    }
  });
  peer.on('callSilent', calm);
  const { destroy } = peer;
  peer.destroy = () => {
    calm();
    removeEventListener('resize', place);
    return destroy();
  };
};
