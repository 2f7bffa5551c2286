// @vitest-environment happy-dom
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { RTCPeer } from './index.ts';
import { dateTimeFormat } from './rtcPeer.ts';
import { codeOf, make, origin, setUpPage, widgetOf } from './widget.fixture.ts';

setUpPage();

it('passes a click on to the frame for calls that capture a screen, and survives a browser that does not', async () => {
  const peer = make();
  const capturing = ['meeting.shareScreen', 'meeting.startLocalRecord', 'meeting.startRecordScreen'];
  const widget = await widgetOf(peer, {}, { methods: [...capturing, 'meeting.stopShareScreen'] });
  await widget.load();
  await peer.ready;
  const post = vi.spyOn(peer.iframe.contentWindow as Window, 'postMessage');
  const meeting = peer.meeting as unknown as Record<string, () => Promise<unknown>>;
  for (const name of capturing) {
    post.mockClear();
    const answer = meeting[name.slice(8)]?.();
    // At once: later the click would not count any more.
    expect(post.mock.calls).toEqual([[{}, { targetOrigin: origin, delegate: 'display-capture' }]]);
    await answer;
  }
  post.mockClear();
  await meeting.stopShareScreen?.();
  expect(post).not.toHaveBeenCalled();
  post.mockImplementation(() => {
    throw new DOMException('without a click', 'NotAllowedError');
  });
  await meeting.shareScreen?.();
  expect(widget.calls.at(-1)?.[0]).toBe('meeting.shareScreen');
});

it('[3.47] calls with the volume of the microphone until it is stopped, also after a reload', async () => {
  const peer = make();
  const calls: unknown[] = [];
  const widget = await widgetOf(peer, { call: async (name, args) => void calls.push([name, ...args]) });
  const host = await widget.load();
  await peer.ready;
  const heard: number[][] = [[], []];
  const stop = await peer.meeting.getMicVolume((volume) => heard[0]?.push(volume));
  const stopOther = await peer.meeting.getMicVolume({ callback: (volume) => heard[1]?.push(volume) });
  await host.event('micVolume', { volume: 12_000 });
  stop();
  stop();
  await host.event('micVolume', { volume: 0 });
  expect(heard).toEqual([[12_000], [12_000, 0]]);
  const watch = (isOn: boolean) => ['meeting.getMicVolume', isOn];
  expect(calls).toEqual([watch(true), watch(true)]);
  await widget.load();
  await peer.ready;
  await vi.waitFor(() => expect(calls).toHaveLength(3));
  stopOther();
  await vi.waitFor(() => expect(calls).toEqual([watch(true), watch(true), watch(true), watch(false)]));
  expect(await codeOf(peer.meeting.getMicVolume(undefined as never))).toBe('INVALID_ARGUMENT');
});

describe('a frame that reloads', () => {
  it.each([
    ['says goodbye', {}],
    ['crashed', { crashed: true }],
  ])('and %s rejects unanswered calls; later calls reach the new document', async (_, how) => {
    const peer = make();
    const widget = await widgetOf(peer, {
      call: async (name) => (name === 'meeting.chat' ? new Promise(() => {}) : { result: 0 }),
    });
    await widget.load();
    await peer.ready;
    const lost = codeOf(peer.meeting.chat({ content: 'x' }));
    await Promise.resolve();
    // Called right after the rejection, when there is no new document yet.
    const next = lost.then(() => peer.meeting.exit());
    await widget.load(how);
    expect(await lost).toBe('FRAME_RELOADED');
    expect(await next).toEqual({ result: 0 });
    expect(widget.hellos).toHaveLength(2);
  });

  it('makes calls wait for its next document as soon as the old one closes the channel', async () => {
    const peer = make();
    const widget = await widgetOf(peer);
    await widget.load();
    await peer.ready;
    const { ready } = peer;
    widget.leave();
    await vi.waitUntil(() => peer.ready !== ready);
    const settled = vi.fn();
    const call = peer.meeting.exit().finally(settled);
    await new Promise((resolve) => setImmediate(resolve));
    expect(settled).not.toHaveBeenCalled();
    await widget.load();
    expect(await call).toEqual({});
  });

  it('keeps the locale and theme that were set before the reload', async () => {
    const peer = make({ locale: 'en', theme: 'dark' });
    const widget = await widgetOf(peer);
    await widget.load();
    await peer.configure({ locale: 'zh-CN' });
    await widget.load();
    await peer.ready;
    expect(widget.hellos[1]?.options).toMatchObject({ locale: 'zh-CN', theme: 'dark' });
  });

  it('fails when another document than the widget was loaded', async () => {
    vi.spyOn(globalThis, 'fetch').mockResolvedValue(new Response());
    const peer = make({ timeout: 300 });
    const widget = await widgetOf(peer);
    await widget.load();
    await peer.ready;
    peer.iframe.dispatchEvent(new Event('load'));
    await peer.ready;
    peer.iframe.dispatchEvent(new Event('load'));
    expect(await codeOf(peer.ready)).toBe('FRAME_BLOCKED');
  });
});

describe('destroy', () => {
  it('settles every call, may be called twice and removes the frame', async () => {
    const peer = make();
    const widget = await widgetOf(peer, {
      call: async (name) => (name === 'meeting.exit' ? { result: 0 } : new Promise(() => {})),
    });
    await widget.load();
    await peer.ready;
    const inFlight = codeOf(peer.meeting.publish({ audio: true, video: true }));
    await Promise.resolve();
    await Promise.all([peer.destroy(), peer.destroy()]);
    expect(await inFlight).toBe('DESTROYED');
    expect(await codeOf(peer.meeting.exit())).toBe('DESTROYED');
    expect(peer.iframe.isConnected).toBe(false);
    await peer.destroy();
  });

  it('leaves the meeting first, and waits a second for that at most', async () => {
    const peer = make();
    const widget = await widgetOf(peer, { call: () => new Promise(() => {}) });
    const asked = vi.fn();
    await widget.load();
    await peer.ready;
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const destroyed = peer.destroy().then(asked);
    await vi.advanceTimersByTimeAsync(999);
    expect(asked).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    vi.useRealTimers();
    await destroyed;
    expect(peer.iframe.isConnected).toBe(false);
  });

  it.each<[string, (peer: RTCPeer) => Promise<unknown>]>([
    ['before the sign has come', async () => {}],
    ['while the frame loads', (peer) => widgetOf(peer)],
    [
      'during the handshake',
      async (peer) => {
        const { say } = await widgetOf(peer);
        const nonce = new URL(peer.iframe.src).searchParams.get('nonce');
        say({ namespace: 'penpal', channel: `meetframe-${nonce}`, type: 'SYN', participantId: 'a' });
        await Promise.resolve();
      },
    ],
    [
      'before the widget has answered hello',
      async (peer) => {
        const widget = await widgetOf(peer, { hello: () => new Promise(() => {}) });
        await widget.load();
      },
    ],
  ])('rejects calls that wait %s at once, twice in a row', async (_, until) => {
    const peer = make();
    const waiting = codeOf(peer.meeting.exit());
    await until(peer);
    await Promise.all([peer.destroy(), peer.destroy()]);
    expect(await waiting).toBe('DESTROYED');
    expect(await codeOf(peer.ready)).toBe('DESTROYED');
    expect(peer.iframe.isConnected).toBe(false);
  });

  it('removes every listener and timer of the page', async () => {
    const counted = { message: 0, securitypolicyviolation: 0 };
    for (const target of [window, document] as EventTarget[]) {
      const add = target.addEventListener.bind(target);
      const remove = target.removeEventListener.bind(target);
      vi.spyOn(target, 'addEventListener').mockImplementation((name, ...rest) => {
        if (name in counted) counted[name as keyof typeof counted]++;
        add(name, ...rest);
      });
      vi.spyOn(target, 'removeEventListener').mockImplementation((name, ...rest) => {
        if (name in counted) counted[name as keyof typeof counted]--;
        remove(name, ...rest);
      });
    }
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const peer = make({ timeout: 30 });
    expect(counted).toEqual({ message: 1, securitypolicyviolation: 1 });
    await peer.destroy();
    expect(counted).toEqual({ message: 0, securitypolicyviolation: 0 });
    // What is left is the bound on leaving, which nobody waits for any more.
    expect(vi.getTimerCount()).toBe(1);
  });

  it('and mounting again, as React’s StrictMode does, leaves one frame, which works', async () => {
    const container = document.body.appendChild(document.createElement('main'));
    const first = RTCPeer.mount(container, { host: `${origin}/app` });
    void first.destroy();
    const second = make({ container });
    await (await widgetOf(second)).load();
    await first.destroy();
    expect(await second.meeting.exit()).toEqual({});
    expect([...container.children]).toEqual([second.iframe]);
  });
});

describe('ten widgets on one page', () => {
  it('do not get each other’s events', async () => {
    const all = await Promise.all(
      Array.from({ length: 10 }, async (_, index) => {
        const peer = make({ room: index + 1 });
        const widget = await widgetOf(peer, { call: async () => ({ index }) });
        const heard: unknown[] = [];
        peer.on('onChat', (message) => heard.push(message));
        return { peer, heard, host: await widget.load() };
      }),
    );
    await Promise.all(all.map(({ host }, index) => host.event('onChat', index)));
    const answers = await Promise.all(all.map(({ peer }) => peer.meeting.exit()));
    expect(answers).toEqual(all.map((_, index) => ({ index })));
    expect(all.map(({ heard }) => heard)).toEqual(all.map((_, index) => [index]));
  });
});

describe('the handshake', () => {
  it('sends options and sign to the widget, and neither host nor container', async () => {
    const peer = make({ room: 5, sign: async () => 'demo.fetched' });
    const widget = await widgetOf(peer);
    const host = await widget.load();
    await peer.ready;
    expect(widget.hellos[0]?.options).toEqual({ room: 5, sign: 'demo.fetched' });
    expect(await host.sign()).toBe('demo.fetched');
    expect([peer.supports('meeting.chat'), peer.supports('meeting.fly')]).toEqual([true, false]);
  });

  it('names both versions when they are incompatible', async () => {
    const peer = make();
    const widget = await widgetOf(peer, {}, { protocol: { major: 99, minor: 0 } });
    await widget.load();
    await expect(peer.ready).rejects.toMatchObject({
      code: 'VERSION_MISMATCH',
      message: expect.stringMatching(/\d+\.\d+\.\d+.*9\.9\.9/),
    });
  });

  it('passes the widget’s refusal of an option on', async () => {
    const peer = make();
    const refusal = { code: 'INVALID_ARGUMENT' as const, message: 'options: color: unknown name.' };
    await (await widgetOf(peer, { hello: () => Promise.reject(refusal) })).load();
    await expect(peer.ready).rejects.toMatchObject(refusal);
  });

  it.each<[string, () => unknown, object]>([
    [
      'rejects',
      () => Promise.reject(new DOMException('no session', 'AbortError')),
      { code: 'UNAUTHENTICATED', message: 'options.sign: no session' },
    ],
    [
      'throws',
      () => {
        throw 'no session';
      },
      { code: 'UNAUTHENTICATED', message: 'options.sign: no session' },
    ],
    ['answers with no text', () => 7, { code: 'INVALID_ARGUMENT', details: { field: 'sign', expected: 'a text' } }],
  ])('fails when the page’s sign function %s', async (_, sign, why) => {
    await expect(make({ sign: sign as () => string }).ready).rejects.toMatchObject(why);
  });

  it('tells the widget when the page cannot give a fresh sign', async () => {
    let left = 1;
    const peer = make({ sign: async () => (left-- ? 'demo.first' : Promise.reject(new Error('no session'))) });
    const host = await (await widgetOf(peer)).load();
    await peer.ready;
    await expect(host.sign()).rejects.toEqual({ code: 'UNAUTHENTICATED', message: 'options.sign: no session' });
  });

  it('ignores other origins, windows and channels', async () => {
    const peer = make();
    const { url, say, load, hellos } = await widgetOf(peer);
    const channel = `meetframe-${url.searchParams.get('nonce')}`;
    const syn = { namespace: 'penpal', channel, type: 'SYN', participantId: 'x' };
    const port = new MessageChannel().port1;
    say(syn, 'https://evil.example');
    say({ ...syn, type: 'ACK2' }, 'https://evil.example');
    say(syn, origin, {});
    say({ ...syn, channel: 'meetframe-1' });
    for (const nothing of [null, undefined, 'SYN', 7]) say(nothing);
    port.close();
    const heard = vi.fn();
    peer.on('onChat', heard);
    await load();
    await peer.ready;
    expect(hellos).toHaveLength(1);
  });
});

describe('[3.25] events', () => {
  const setUp = async () => {
    const peer = make();
    const host = await (await widgetOf(peer)).load();
    await peer.ready;
    return { peer, host };
  };

  it('reach their listeners until off, with names trimmed; * gets all events', async () => {
    const { peer, host } = await setUp();
    const heard: unknown[] = [];
    peer.off('onMute ').on('onMute ', (data) => heard.push(['first', data]));
    const end = peer.on('onMute', (data) => heard.push(['second', data]));
    peer.on('*', (name, data) => heard.push([name, data]));
    await host.event('onMute', 1);
    end();
    await host.event('onMute', 2);
    peer.off('onMute');
    await host.event('onMute', 3);
    expect(heard).toEqual([
      ['first', 1],
      ['second', 1],
      ['onMute', 1],
      ['first', 2],
      ['onMute', 2],
      ['onMute', 3],
    ]);
  });

  it('[3.27] give a private message to `onPrivateChat`, or else to `onChat`', async () => {
    const { peer, host } = await setUp();
    const heard: unknown[] = [];
    const message = { content: 'x', private: true };
    peer.on('onChat', (data) => heard.push(['onChat', data]));
    await host.event('onPrivateChat', message);
    const stop = peer.on('onPrivateChat', (data) => heard.push(['onPrivateChat', data]));
    await host.event('onPrivateChat', message);
    stop();
    await host.event('onPrivateChat', message);
    expect(heard).toEqual([
      ['onChat', message],
      ['onPrivateChat', message],
      ['onChat', message],
    ]);
  });

  it('can be chained on the result of `on`, and survive a listener that throws', async () => {
    const { peer, host } = await setUp();
    const report = vi.fn();
    vi.stubGlobal('reportError', report);
    const one = vi.fn(() => {
      throw new Error('mine');
    });
    const two = vi.fn();
    peer.on('onChat', one).on('onChat', two);
    await host.event('onChat', {});
    peer.off('onChat', one);
    await host.event('onChat', {});
    expect([one.mock.calls.length, two.mock.calls.length, report.mock.calls.length]).toEqual([1, 2, 1]);
  });
});

describe('state', () => {
  const user = { id: 1 } as never;

  it('[2.4] [2.5] [3.30] is mirrored and read without a call', async () => {
    const peer = make();
    expect(peer.getCurrentUser()).toBeNull();
    expect(peer.meeting.getMeetingTimeLength()).toBe(0);
    const host = await (await widgetOf(peer)).load();
    await peer.ready;
    const changed = vi.fn();
    peer.on('stateChanged', changed);
    const before = peer.state;
    await host.state({ user, company: { id: 2 } as never, startedAt: Date.now() - 48_500, clockOffset: 0 });
    expect(changed).toHaveBeenLastCalledWith(peer.state);
    expect(peer.state).not.toBe(before);
    expect([peer.getCurrentUser()?.id, peer.getCurrentCompany()?.id]).toEqual([1, 2]);
    expect(peer.utils.dateTimeFormat(peer.meeting.getMeetingTimeLength())).toBe('00:00:48');
  });

  it('is sent once to a listener that subscribes late', async () => {
    const peer = make();
    const early = vi.fn();
    peer.on('stateChanged', early);
    await Promise.resolve();
    expect(early).not.toHaveBeenCalled();
    const host = await (await widgetOf(peer)).load();
    await peer.ready;
    await host.state({ user });
    const late = vi.fn();
    const gone = vi.fn();
    peer.on('stateChanged', late);
    peer.on('stateChanged', gone)();
    expect(late).not.toHaveBeenCalled();
    await Promise.resolve();
    expect(late.mock.calls).toEqual([[expect.objectContaining({ user })]]);
    expect(gone).not.toHaveBeenCalled();
    expect(early).toHaveBeenCalledTimes(2);
  });

  it('formats lengths', () => {
    expect([0, 48_999, 3_600_000, 100 * 3_600_000 + 61_000].map(dateTimeFormat)).toEqual([
      '00:00:00',
      '00:00:48',
      '01:00:00',
      '100:01:01',
    ]);
  });

  it('belongs to an RTCPeer', () => {
    expect(make()).toBeInstanceOf(RTCPeer);
  });
});
