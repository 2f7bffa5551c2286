// @vitest-environment happy-dom
import { expect, it, vi } from 'vitest';
import type { RTCPeerOptions } from './options.ts';
import { make, setUpPage, widgetOf } from './widget.fixture.ts';

setUpPage();

const ringing = {
  callId: 'a',
  audible: true,
  peer: { id: 7, name: 'Ann', photo: '/ann.png' },
  type: 1,
  text: 'Audio call',
};

/** A page of this size with a widget for calls, and what the widget tells it. */
const page = async (options: Partial<RTCPeerOptions>, width = 1000, height = 700) => {
  Object.assign(window, { innerWidth: width, innerHeight: height });
  const container = document.createElement('div');
  document.body.append(container);
  const peer = make({ container, ...options });
  const { style } = peer.iframe;
  const contained = style.cssText;
  const host = await (await widgetOf(peer)).load();
  const tell = async (name: string, payload: object) => await host.event(name, payload);
  const want = (view: string, w = 0, h = 0) => tell('frameWanted', { view, width: w, height: h });
  /** There is no layout here, so it is said where the frame is. */
  const drag = async (x: number, y: number, from = { x: 624, y: 16 }) => {
    vi.spyOn(peer.iframe, 'getBoundingClientRect').mockReturnValue(from as DOMRect);
    await tell('frameDragged', { x, y });
  };
  return { peer, style, contained, tell, want, drag };
};

it('[4.1] a receiver is one pixel that the keyboard does not reach, a card in the corner, and all of the window', async () => {
  const { peer, style, want } = await page({ receiver: true });
  expect(style).toMatchObject({ position: 'fixed', width: '1px', height: '1px', opacity: '0' });
  expect(peer.iframe.inert).toBe(true);
  await want('card', 360, 180);
  expect(style).toMatchObject({ width: '360px', height: '180px', inset: '16px 16px auto auto', opacity: '' });
  expect(peer.iframe.inert).toBe(false);
  await want('full');
  expect(style).toMatchObject({ width: '100%', height: '100%', inset: '0' });
  await want('none');
  expect(style.width).toBe('1px');
});

it('[4.1] in a narrow window the card is at the lower edge and no wider than the window', async () => {
  const { style, want } = await page({ receiver: true }, 320, 600);
  await want('card', 360, 180);
  expect(style).toMatchObject({ width: '288px', inset: 'auto auto 16px 16px' });
});

it('[4.1] a dragged card follows, stops at the edges of the window, and stays inside when that becomes smaller', async () => {
  const { style, want, drag } = await page({ receiver: true });
  await want('card', 300, 220);
  await drag(-508, 40);
  expect(style.inset).toBe('56px auto auto 116px');
  await drag(100_000, 100_000, { x: 116, y: 56 });
  expect(style.inset).toBe('464px auto auto 684px');
  Object.assign(window, { innerWidth: 500, innerHeight: 400 });
  window.dispatchEvent(new Event('resize'));
  expect(style.inset).toBe('164px auto auto 184px');
  await drag(-100_000, -100_000);
  expect(style.inset).toBe('16px auto auto 16px');
  await want('full');
  window.dispatchEvent(new Event('resize'));
  expect(style.width).toBe('100%');
});

it('[4.1] with callFrame "container" a call is in the container, and its small card over the page', async () => {
  const { style, contained, want } = await page({ callScreens: true });
  expect(style.cssText).toBe(contained);
  await want('card', 300, 220);
  expect(style).toMatchObject({ position: 'fixed', width: '300px' });
  await want('full');
  expect(style.cssText).toBe(contained);
});

it('[4.1] with callFrame "page" the page alone sizes the frame', async () => {
  const heard: unknown[] = [];
  const { peer, style, contained, want, drag } = await page({ receiver: true, callFrame: 'page' });
  peer.on('frameWanted', (wanted) => heard.push(wanted));
  peer.on('frameDragged', (by) => heard.push(by));
  expect(style.cssText).toBe(contained);
  await want('card', 360, 180);
  await drag(3, 4);
  expect(heard).toEqual([
    { view: 'card', width: 360, height: 180 },
    { x: 3, y: 4 },
  ]);
  expect(style.cssText).toBe(contained);
});

it('[4.2] while it rings the title says who calls; one that the page changes meanwhile stays', async () => {
  document.title = 'Orders';
  const { peer, tell } = await page({ receiver: true });
  await tell('callRinging', ringing);
  expect(document.title).toBe('📞 Ann · Audio call');
  await tell('callRinging', { ...ringing, audible: false });
  await tell('callSilent', { callId: 'a' });
  expect(document.title).toBe('Orders');
  await tell('callRinging', ringing);
  document.title = 'Invoices';
  await tell('callSilent', { callId: 'a' });
  expect(document.title).toBe('Invoices');
  await tell('callRinging', ringing);
  await peer.destroy();
  expect(document.title).toBe('Invoices');
});

it('[4.2] a notification of the page is shown once where nobody looks, opens the page, and goes', async () => {
  const shown: { name: string; options: NotificationOptions; onclick?: () => void; close: () => void }[] = [];
  const close = vi.fn();
  const Notification = Object.assign(
    class {
      tag: string | undefined;
      close = close;
      constructor(name: string, options: NotificationOptions) {
        this.tag = options.tag;
        shown.push(Object.assign(this, { name, options }));
      }
    },
    { permission: 'granted' },
  );
  vi.stubGlobal('Notification', Notification);
  const looks = vi.spyOn(document, 'hasFocus').mockReturnValue(true);
  const focus = vi.spyOn(window, 'focus').mockImplementation(() => {});
  const { tell } = await page({ receiver: true });

  await tell('callRinging', ringing);
  expect(shown).toEqual([]);
  looks.mockReturnValue(false);
  await tell('callRinging', ringing);
  await tell('callRinging', ringing);
  expect(shown).toMatchObject([
    { name: 'Ann', options: { body: 'Audio call', tag: 'a', icon: '/ann.png', requireInteraction: true } },
  ]);
  shown[0]?.onclick?.();
  expect(focus).toHaveBeenCalledOnce();
  expect(close).toHaveBeenCalledOnce();
  await tell('callSilent', { callId: 'a' });
  expect(close).toHaveBeenCalledTimes(2);

  Notification.permission = 'default';
  await tell('callRinging', ringing);
  expect(shown).toHaveLength(1);
});

it('[4.2] `attention` leaves title and notifications to the page', async () => {
  document.title = 'Orders';
  const made = vi.fn();
  vi.stubGlobal('Notification', Object.assign(made, { permission: 'granted' }));
  vi.spyOn(document, 'hasFocus').mockReturnValue(false);
  const { tell } = await page({ receiver: true, attention: { title: false, notification: false } });
  await tell('callRinging', ringing);
  expect(document.title).toBe('Orders');
  expect(made).not.toHaveBeenCalled();
});
