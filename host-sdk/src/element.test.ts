// @vitest-environment happy-dom
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { defineElement, type MeetingFrameElement } from './element.ts';
import type { RTCPeer } from './index.ts';
import { origin, setUpPage, widgetOf } from './widget.fixture.ts';

setUpPage();
beforeAll(() => {
  defineElement();
  defineElement();
});

const put = (attributes: Record<string, string>): MeetingFrameElement => {
  const element = document.createElement('meeting-frame');
  for (const [name, value] of Object.entries({ host: `${origin}/app`, sign: 'demo.1', ...attributes }))
    element.setAttribute(name, value);
  document.body.append(element);
  return element;
};
const peerOf = (element: MeetingFrameElement): RTCPeer => {
  if (!element.rtcPeer) throw new Error('the element has no peer');
  return element.rtcPeer;
};
const up = async (element: MeetingFrameElement) => {
  const peer = peerOf(element);
  const widget = await widgetOf(peer);
  const host = await widget.load();
  await peer.ready;
  return { peer, widget, host };
};

describe('<meeting-frame>', () => {
  it('hands its attributes to the widget', async () => {
    const { widget } = await up(put({ room: '7', name: 'Ann', locale: 'en', theme: 'dark', 'app-id': 'own' }));
    expect(widget.hellos[0]?.options).toEqual({
      sign: 'demo.1',
      room: 7,
      username: 'Ann',
      locale: 'en',
      theme: 'dark',
    });
    expect(widget.url.searchParams.get('app')).toBe('own');
  });

  it('fetches its sign, again each time the widget needs one', async () => {
    const fetched = vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response(' demo.fetched\n'));
    const { widget, host } = await up(put({ 'sign-url': '/sign' }));
    expect(widget.hellos[0]?.options.sign).toBe('demo.fetched');
    expect(await host.sign()).toBe('demo.fetched');
    expect(fetched.mock.calls).toEqual([['/sign'], ['/sign']]);
  });

  it('names the answer of its sign-url when that is no sign', async () => {
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('', { status: 403 }));
    const { ready } = peerOf(put({ 'sign-url': '/sign' }));
    await expect(ready).rejects.toMatchObject({ code: 'UNAUTHENTICATED', message: 'options.sign: /sign: 403' });
  });

  it.each([
    ['a login page', '<!doctype html><title>Log in</title>'],
    ['nothing', ''],
    ['quoted JSON', '"demo.1.k.r.m"'],
  ])('says what came instead of a sign: %s', async (_, answer) => {
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response(answer));
    const peer = peerOf(put({ 'sign-url': '/sign' }));
    await expect(peer.ready).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      message: `options.sign: expected a sign, got ${JSON.stringify(answer.slice(0, 40))}.`,
    });
    expect(peer.iframe.src).toBe('');
  });

  it.each([
    ['en', 'The meeting cannot be shown: '],
    ['zh-CN', '会议无法显示：'],
  ])('draws the reason in the place of a frame that is refused (%s)', async (locale, words) => {
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('', { status: 403 }));
    const element = put({ 'sign-url': '/sign', locale });
    await expect(peerOf(element).ready).rejects.toThrow();
    const note = element.querySelector('[role=alert]');
    expect(note?.textContent).toBe(`${words}options.sign: /sign: 403 (UNAUTHENTICATED)`);
    expect(peerOf(element).iframe.style.display).toBe('none');
  });

  it('makes one frame when a page that was kept or copied brings the old one along', async () => {
    const element = put({});
    const copy = element.cloneNode(true) as MeetingFrameElement;
    element.remove();
    document.body.append(copy);
    expect(copy.querySelectorAll('iframe')).toHaveLength(1);
    expect(copy.querySelector('iframe')).toBe(peerOf(copy).iframe);
  });

  it('passes on a room that is no number, so that the widget refuses it', async () => {
    const { widget } = await up(put({ room: 'lobby' }));
    expect(widget.hellos[0]?.options.room).toBeNaN();
  });

  it('dispatches every event of its peer', async () => {
    const element = put({});
    const { host } = await up(element);
    const heard = vi.fn();
    element.addEventListener('onChat', ((event: CustomEvent) => heard(event.detail)) as EventListener);
    await host.event('onChat', { content: 'x' });
    expect(heard.mock.calls).toEqual([[{ content: 'x' }]]);
  });

  it('changes locale and theme in place', async () => {
    const element = put({});
    const { peer, widget } = await up(element);
    element.setAttribute('locale', 'en');
    element.setAttribute('theme', 'dark');
    element.setAttribute('theme', 'dark');
    await vi.waitUntil(() => widget.calls.length === 2);
    expect(widget.calls).toEqual([
      ['configure', [{ locale: 'en' }]],
      ['configure', [{ theme: 'dark' }]],
    ]);
    expect(element.rtcPeer).toBe(peer);
  });

  it('reloads the widget once when host and room change', async () => {
    const element = put({ room: '7' });
    const { peer, host } = await up(element);
    const heard = vi.fn();
    element.addEventListener('onChat', heard);
    element.setAttribute('host', 'https://other.example/app');
    element.setAttribute('room', '8');
    await vi.waitUntil(() => element.rtcPeer !== peer);
    const next = peerOf(element);
    // The old peer's events are not dispatched any more.
    void host.event('onChat', {}).catch(() => {});
    await vi.waitUntil(() => next.iframe.src);
    expect(new URL(next.iframe.src)).toMatchObject({ origin: 'https://other.example', hash: '#/?rd=8' });
    await peer.destroy();
    expect([...element.children]).toEqual([next.iframe]);
    expect(heard).not.toHaveBeenCalled();
    element.setAttribute('room', '8');
    await Promise.resolve();
    expect(element.rtcPeer).toBe(next);
  });

  it('keeps a new sign for when the widget asks, while it is connected', async () => {
    const element = put({});
    const { peer, host } = await up(element);
    await host.state({ connection: 'connected', screen: 'meeting' });
    element.setAttribute('sign', 'demo.2');
    element.setAttribute('name', 'Ben');
    await Promise.resolve();
    expect(element.rtcPeer).toBe(peer);
    expect(await host.sign()).toBe('demo.2');
  });

  it('reloads the widget with a new sign when the old one was refused', async () => {
    const element = put({});
    const { peer, host } = await up(element);
    await host.state({ connection: 'failed' });
    element.setAttribute('sign', 'demo.2');
    await vi.waitUntil(() => element.rtcPeer !== peer);
    const { widget } = await up(element);
    expect(widget.hellos[0]?.options.sign).toBe('demo.2');
  });

  it('starts when its missing host attribute is set', async () => {
    const element = document.createElement('meeting-frame');
    const errors: unknown[] = [];
    const onError = (event: ErrorEvent) => errors.push(event.error.details?.field);
    window.addEventListener('error', onError);
    try {
      document.body.append(element);
    } catch (error) {
      // Browsers report what a reaction of an element throws; happy-dom lets it through.
      errors.push((error as { details?: { field: string } }).details?.field);
    }
    window.removeEventListener('error', onError);
    expect(errors).toEqual(['host']);
    element.setAttribute('host', `${origin}/app`);
    await vi.waitUntil(() => element.rtcPeer);
    expect(peerOf(element).iframe.isConnected).toBe(true);
  });

  it('frees everything when it is removed, and starts again when it is inserted again', async () => {
    const element = put({});
    const { peer } = await up(element);
    element.remove();
    expect(element.rtcPeer).toBeUndefined();
    await peer.destroy();
    expect(element.children).toHaveLength(0);
    element.setAttribute('room', '9');
    await Promise.resolve();
    expect(element.rtcPeer).toBeUndefined();
    document.body.append(element);
    const { widget } = await up(element);
    expect(widget.hellos[0]?.options.room).toBe(9);
  });
});
