// @vitest-environment happy-dom
import { aliases } from '@meetframe/contract/aliases';
import { channel } from '@meetframe/contract/frame';
import { rtcpeer } from '@meetframe/contract/rtcpeer';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fakeWidget, origin } from './fakeWidget.fixture.ts';
import { makeFrame } from './frame.ts';
import { RTCPeer, RTCPeerError } from './index.ts';
import type { RTCPeerOptions } from './options.ts';
import { dateTimeFormat, waitsForPerson } from './rtcPeer.ts';

const peers: RTCPeer[] = [];
const make = (options: Partial<RTCPeerOptions> = {}): RTCPeer => {
  const peer = new RTCPeer({ host: `${origin}/app`, sign: 'demo.secret-part', ...options });
  peers.push(peer);
  return peer;
};
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'resolved',
    (error) => (error instanceof RTCPeerError ? error.code : error),
  );

beforeEach(() => {
  Object.assign((window as unknown as { happyDOM: { settings: object } }).happyDOM.settings, {
    disableIframePageLoading: true,
    handleDisabledFileLoadingAsSuccess: true,
  });
  vi.stubGlobal('isSecureContext', true);
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(async () => {
  await Promise.all(peers.splice(0).map((peer) => peer.destroy()));
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('the frame', () => {
  it('carries app, nonce, origin and room in its URL, and nothing secret', async () => {
    const peer = make({ room: 1012, locale: 'en', password: 'pw-secret', SID: 'sid-secret' });
    const { url } = await fakeWidget(peer);
    expect(url.origin + url.pathname).toBe(`${origin}/app/`);
    expect(url.searchParams.get('app')).toBe('demo');
    expect(url.searchParams.get('origin')).toBe(location.origin);
    expect(url.searchParams.get('sdk')).toBe('1');
    expect(url.hash).toBe('#/?rd=1012&locale=en');
    expect(url.href).not.toContain('secret');
  });

  it('pins every feature to the widget’s origin', () => {
    const features = make().iframe.allow.split(';').filter(Boolean);
    expect(features).toHaveLength(10);
    for (const feature of features) expect(feature.trim()).toMatch(/^[a-z-]+ https:\/\/meet\.example$/);
  });

  it('names its channel as the contract does', async () => {
    const frame = makeFrame({ host: `${origin}/app` });
    frame.load('demo');
    expect(frame.channel).toBe(channel(new URL(frame.iframe.src).searchParams.get('nonce') as string));
    frame.iframe.remove();
  });

  it('refuses a widget of the page’s own origin and a container that is not there', () => {
    expect(() => make({ host: `${location.origin}/app` })).toThrow(expect.objectContaining({ code: 'FRAME_BLOCKED' }));
    expect(() => make({ container: '#none' })).toThrow(expect.objectContaining({ code: 'INVALID_ARGUMENT' }));
  });

  it('says why it did not come up, and refuses what waited for it', async () => {
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('failed'));
    const peer = make({ timeout: 20 });
    const call = peer.meeting.exit();
    await expect(peer.ready).rejects.toMatchObject({
      code: 'FRAME_BLOCKED',
      message: expect.stringContaining('unreachable'),
    });
    expect(await code(call)).toBe('FRAME_BLOCKED');
  });
});

describe('calls', () => {
  it('made before the frame is ready are sent in order', async () => {
    const peer = make();
    const widget = await fakeWidget(peer);
    const all = [
      peer.meeting.chat({ content: '1' }),
      peer.meeting.chat({ content: '2' }),
      peer.meeting.updateMute(true),
    ];
    await widget.load();
    await Promise.all(all);
    expect(widget.calls).toEqual([
      ['meeting.chat', [{ content: '1' }]],
      ['meeting.chat', [{ content: '2' }]],
      ['meeting.updateMute', [true]],
    ]);
  });

  it('call `callback` once after success, with what the Promise gives, and send no function', async () => {
    const peer = make();
    const widget = await fakeWidget(peer);
    await widget.load();
    const field = vi.fn();
    const argument = vi.fn();
    const value = await peer.meeting.updateVideo({ video: true, callback: field }, argument);
    expect(field.mock.calls).toEqual([[value]]);
    expect(argument.mock.calls).toEqual([[value]]);
    expect(widget.calls).toEqual([['meeting.updateVideo', [{ video: true }]]]);
  });

  it('do not call `callback` after a failure, and rebuild the error', async () => {
    const peer = make();
    const widget = await fakeWidget(peer, {
      call: () => Promise.reject({ code: 'WRONG_PASSWORD', message: 'no', details: { field: 'password' } }),
    });
    await widget.load();
    const callback = vi.fn();
    const failed = peer.meeting.chat({ content: 'x', callback });
    await expect(failed).rejects.toBeInstanceOf(RTCPeerError);
    await expect(failed).rejects.toMatchObject({ code: 'WRONG_PASSWORD', details: { field: 'password' } });
    expect(callback).not.toHaveBeenCalled();
  });

  it('time out, except where a person decides', async () => {
    const peer = make({ timeout: 300 });
    const widget = await fakeWidget(peer, { call: () => new Promise(() => {}) });
    await widget.load();
    const prompt = vi.fn();
    peer.meeting
      .checkDevice()
      .finally(prompt)
      .catch(() => {});
    expect(await code(peer.meeting.chat({ content: 'x' }))).toBe('TIMEOUT');
    expect(prompt).not.toHaveBeenCalled();
  });

  it('know from the contract where a person decides', () => {
    const names = Object.entries(rtcpeer).map(([name, row]) => [name, 'waitsForPerson' in row] as const);
    const old = Object.entries(aliases).map(([name, { to }]) => [name, 'waitsForPerson' in rtcpeer[to]] as const);
    for (const [name, waits] of [...names, ...old]) expect([name, waitsForPerson.test(name)]).toEqual([name, waits]);
  });

  it('give publish and play a getBitrate', async () => {
    const client = { id: 7 };
    const peer = make();
    const calls: unknown[] = [];
    const widget = await fakeWidget(peer, { call: async (...call) => ({ client, count: calls.push(call) }) });
    await widget.load();
    await (await peer.meeting.publish({ audio: true, video: true })).getBitrate();
    await (await peer.meeting.play({ client, domId: 'a' })).getBitrate();
    expect(calls.filter((call) => (call as [string])[0] === 'meeting.getBitrate')).toEqual([
      ['meeting.getBitrate', []],
      ['meeting.getBitrate', [{ client }]],
    ]);
  });

  it('in flight are rejected when the frame reloads; later ones reach the new frame', async () => {
    const peer = make();
    const widget = await fakeWidget(peer, {
      call: async (name) => (name === 'meeting.chat' ? new Promise(() => {}) : { result: 0 }),
    });
    await widget.load();
    await peer.ready;
    const lost = code(peer.meeting.chat({ content: 'x' }));
    await Promise.resolve();
    await widget.load();
    expect(await lost).toBe('FRAME_RELOADED');
    expect(await peer.meeting.exit()).toEqual({ result: 0 });
    expect(widget.hellos).toHaveLength(2);
  });

  it('are all settled by destroy, which may be called twice and removes the frame', async () => {
    const peer = make();
    const widget = await fakeWidget(peer, {
      call: async (name) => (name === 'meeting.exit' ? { result: 0 } : new Promise(() => {})),
    });
    await widget.load();
    await peer.ready;
    const inFlight = code(peer.meeting.publish({ audio: true, video: true }));
    await Promise.resolve();
    await Promise.all([peer.destroy(), peer.destroy()]);
    expect(await inFlight).toBe('DESTROYED');
    expect(await code(peer.meeting.exit())).toBe('DESTROYED');
    expect(peer.iframe.isConnected).toBe(false);
  });

  it('that still waited are rejected by destroy at once', async () => {
    const peer = make();
    const waiting = code(peer.meeting.exit());
    void peer.destroy();
    expect(await waiting).toBe('DESTROYED');
    expect(await code(peer.ready)).toBe('DESTROYED');
  });
});

describe('the handshake', () => {
  it('hands options and sign over, and neither host nor container', async () => {
    const peer = make({ room: 5, sign: async () => 'demo.fetched' });
    const widget = await fakeWidget(peer);
    const host = await widget.load();
    await peer.ready;
    expect(widget.hellos[0]?.options).toEqual({ room: 5, sign: 'demo.fetched' });
    expect(await host.sign()).toBe('demo.fetched');
    expect([peer.supports('meeting.chat'), peer.supports('meeting.fly')]).toEqual([true, false]);
  });

  it('names both versions when they do not fit', async () => {
    const peer = make();
    const widget = await fakeWidget(peer, {}, { protocol: { major: 99, minor: 0 } });
    await widget.load();
    await expect(peer.ready).rejects.toMatchObject({
      code: 'VERSION_MISMATCH',
      message: expect.stringMatching(/0\.1\.0.*9\.9\.9/),
    });
  });

  it('ignores other origins and other windows', async () => {
    const peer = make();
    const { url, say, hellos } = await fakeWidget(peer);
    const syn = {
      namespace: 'penpal',
      channel: `meetframe-${url.searchParams.get('nonce')}`,
      type: 'SYN',
      participantId: 'x',
    };
    say(syn, 'https://evil.example');
    window.dispatchEvent(Object.assign(new Event('message'), { data: syn, ports: [], origin, source: {} }));
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(hellos).toEqual([]);
  });
});

describe('[3.25] events', () => {
  const setUp = async () => {
    const peer = make();
    const host = await (await fakeWidget(peer)).load();
    await peer.ready;
    return { peer, host };
  };

  it('reach their listeners until off, names trimmed, and * hears all', async () => {
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

  it('chain on what `on` returns, and survive a listener that throws', async () => {
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
  it('[2.4] [2.5] [3.30] is mirrored and read without a call', async () => {
    const peer = make();
    expect(peer.getCurrentUser()).toBeNull();
    expect(peer.meeting.getMeetingTimeLength()).toBe(0);
    const host = await (await fakeWidget(peer)).load();
    await peer.ready;
    const changed = vi.fn();
    peer.on('stateChanged', changed);
    const before = peer.state;
    await host.state({ user: { id: 1 }, company: { id: 2 }, startedAt: Date.now() - 48_500, clockOffset: 0 });
    expect(changed).toHaveBeenCalledWith(peer.state);
    expect(peer.state).not.toBe(before);
    expect([peer.getCurrentUser()?.id, peer.getCurrentCompany()?.id]).toEqual([1, 2]);
    expect(peer.utils.dateTimeFormat(peer.meeting.getMeetingTimeLength())).toBe('00:00:48');
  });

  it('formats lengths', () => {
    expect([0, 48_999, 3_600_000, 100 * 3_600_000 + 61_000].map(dateTimeFormat)).toEqual([
      '00:00:00',
      '00:00:48',
      '01:00:00',
      '100:01:01',
    ]);
  });

  it('is no thenable and gives one function per name', () => {
    const peer = make();
    expect((peer as unknown as { then: unknown }).then).toBeUndefined();
    expect(peer.meeting.exit).toBe(peer.meeting.exit);
    expect(peer).toBeInstanceOf(RTCPeer);
  });
});
