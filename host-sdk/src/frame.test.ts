// @vitest-environment happy-dom
import { channel } from '@meetframe/contract/channel';
import { describe, expect, it, vi } from 'vitest';
import { makeFrame } from './frame.ts';
import { make, origin, setUpPage, widgetOf } from './widget.fixture.ts';

setUpPage();

const refusal = (field: string) =>
  expect.objectContaining({
    code: 'INVALID_ARGUMENT',
    message: expect.stringContaining(field),
    details: { field, expected: expect.any(String) },
  });

describe('the address of the frame', () => {
  it('contains app, nonce, origin and room, and no secret', async () => {
    const peer = make({ room: 1012, locale: 'en', password: 'pw-secret', SID: 'sid-secret' });
    const { url } = await widgetOf(peer);
    expect(url.origin + url.pathname).toBe(`${origin}/app/`);
    expect(url.searchParams.get('app')).toBe('demo');
    expect(url.searchParams.get('origin')).toBe(location.origin);
    expect(url.searchParams.get('sdk')).toBe('1');
    expect(url.hash).toBe('#/?rd=1012&locale=en');
    expect(url.href).not.toContain('secret');
  });

  it.each([`${origin}/app`, `${origin}/app/`, `${origin}/behind/a/proxy/app`])(
    '[2.1] is the address of host %s',
    (host) => {
      const frame = makeFrame({ host });
      frame.load('demo');
      expect(frame.iframe.src.startsWith(`${host.replace(/\/$/, '')}/?app=demo`)).toBe(true);
      frame.remove();
    },
  );

  it.each([
    '',
    'meet.example/app',
    '/app',
    origin,
    `${origin}/`,
    `${origin}/app/index.html`,
    `${origin}/application`,
    `${origin}/app?x=1`,
    `${origin}/app#x`,
    `${origin}/app//`,
    'https://user:password@meet.example/app',
    'ftp://meet.example/app',
    'javascript:alert(1)/app',
    'https://meet example/app',
    undefined as unknown as string,
    7 as unknown as string,
  ])('refuses host %j and names the option', (host) => {
    expect(() => make({ host })).toThrow(refusal('host'));
    expect(document.querySelector('iframe')).toBeNull();
  });
});

describe('the frame', () => {
  it('allows every feature to the widget’s origin only', () => {
    const features = make().iframe.allow.split(';').filter(Boolean);
    expect(features).toHaveLength(10);
    for (const feature of features) expect(feature.trim()).toMatch(/^[a-z-]+ https:\/\/meet\.example$/);
  });

  it('names its channel as the contract does', () => {
    const frame = makeFrame({ host: `${origin}/app` });
    frame.load('demo');
    expect(frame.channel).toBe(channel(new URL(frame.iframe.src).searchParams.get('nonce') as string));
    frame.remove();
  });

  it('is put into the page’s element or selector, else at the end of the body', () => {
    document.body.innerHTML = '<main id="place"></main><footer></footer>';
    const place = document.querySelector('main') as Element;
    expect(make({ container: '#place' }).iframe.parentNode).toBe(place);
    expect(make({ container: place }).iframe.parentNode).toBe(place);
    const { iframe } = make();
    expect(document.body.lastElementChild).toBe(iframe);
  });

  it.each(['#none', '!', null as never, {} as never])('refuses container %j and names the option', (container) => {
    expect(() => make({ container })).toThrow(refusal('container'));
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31])(
    'refuses timeout %s and names the option',
    (timeout) => {
      expect(() => make({ timeout })).toThrow(refusal('timeout'));
    },
  );

  it('refuses a widget of the page’s own origin', () => {
    vi.stubGlobal('location', new URL(`${origin}/page`));
    expect(() => make()).toThrow(expect.objectContaining({ code: 'FRAME_BLOCKED' }));
  });
});

describe('when the widget does not load, the error says why', () => {
  it.each<[string, () => void, RegExp]>([
    ['the platform cannot be reached', () => {}, /https:\/\/meet\.example cannot be reached/],
    [
      'the sandbox of an outer frame',
      () => vi.stubGlobal('origin', 'null'),
      /page's own frame lacks allow-same-origin/,
    ],
    [
      'a sandbox that the page changed',
      () => document.querySelector('iframe')?.sandbox.remove('allow-scripts'),
      /lacks allow-scripts/,
    ],
    ['the frame was taken away', () => document.querySelector('iframe')?.remove(), /was removed/],
  ])('%s', async (_, happens, why) => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('failed'));
    const peer = make({ timeout: 20 });
    const call = peer.meeting.exit();
    happens();
    const reason = { code: 'FRAME_BLOCKED', message: expect.stringMatching(why) };
    await expect(peer.ready).rejects.toMatchObject(reason);
    await expect(call).rejects.toMatchObject(reason);
  });

  it('asks the platform, which knows who may frame the widget, and says what it answers', async () => {
    const message = 'https://outer.example is not among the origins of the app demo.';
    const asked = vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json({ error: { message } }));
    const { origin: page, protocol } = location;
    vi.stubGlobal('location', { origin: page, protocol, ancestorOrigins: ['https://outer.example'] });
    await expect(make({ timeout: 20 }).ready).rejects.toMatchObject({ code: 'FRAME_BLOCKED', message });
    const { origin, pathname, searchParams } = new URL(String(asked.mock.calls[0]?.[0]));
    expect(origin + pathname).toBe('https://meet.example/app/diagnosis');
    expect(Object.fromEntries(searchParams)).toEqual({
      app: 'demo',
      pages: `${page},https://outer.example`,
    });
  });

  it('names the policy of an isolated page, which Safari cannot show the frame in', async () => {
    const listed = { error: { message: 'The platform allows the page to frame the widget.', details: {} } };
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(Response.json(listed));
    vi.stubGlobal('crossOriginIsolated', true);
    await expect(make({ timeout: 20 }).ready).rejects.toMatchObject({
      code: 'FRAME_BLOCKED',
      message: expect.stringMatching(/isolated \(Cross-Origin-Embedder-Policy\), and Safari/),
    });
  });

  it('says so when something else than the platform answers', async () => {
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response('<h1>Welcome to nginx!</h1>'));
    const message = 'https://meet.example cannot be reached, or is not the platform.';
    await expect(make({ timeout: 20 }).ready).rejects.toMatchObject({ code: 'FRAME_BLOCKED', message });
  });

  it.each([
    ['file:', 'file://'],
    ['capacitor:', 'capacitor://localhost'],
  ])('at once on a page of %s, whose origin it shares with all others', async (protocol, origin) => {
    vi.stubGlobal('location', { protocol, origin });
    const message = `${origin} is no secure context: the page must be served over https.`;
    await expect(make({ timeout: 1e6 }).ready).rejects.toMatchObject({ code: 'FRAME_BLOCKED', message });
  });

  it('a sign that never comes', async () => {
    const peer = make({ timeout: 20, sign: () => new Promise<string>(() => {}) });
    await expect(peer.ready).rejects.toMatchObject({
      code: 'FRAME_BLOCKED',
      message: expect.stringMatching(/options\.sign/),
    });
  });

  it('at once, and only once, on an insecure page', async () => {
    vi.stubGlobal('isSecureContext', false);
    const peer = make({ timeout: 1e6 });
    const failed = vi.fn();
    peer.on('failed', failed);
    await expect(peer.ready).rejects.toMatchObject({ code: 'FRAME_BLOCKED', message: expect.stringMatching(/https/) });
    peer.iframe.dispatchEvent(new Event('load'));
    expect(failed.mock.calls).toEqual([[expect.objectContaining({ code: 'FRAME_BLOCKED' })]]);
    await expect(peer.ready).rejects.toMatchObject({ code: 'FRAME_BLOCKED' });
  });
});
