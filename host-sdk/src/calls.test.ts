// @vitest-environment happy-dom
import { aliases } from '@meetframe/contract/aliases';
import { pageMethods } from '@meetframe/contract/pageTable';
import { describe, expect, it, vi } from 'vitest';
import { plain } from './calls.ts';
import { RTCPeerError } from './index.ts';
import { codeOf, make, setUpPage, widgetOf } from './widget.fixture.ts';

setUpPage();

/** Methods of chapter 3 with their sections; `getMicVolume` calls back again and again, see `rtcPeer.test.ts`. */
const ofMeetings = pageMethods
  .filter(([name, { spec }]) => spec.startsWith('3.') && name !== 'meeting.getMicVolume')
  .map(([name, { spec }]) => [spec, name] as const);

describe('calls', () => {
  it('made before the frame is ready are sent in order', async () => {
    const peer = make();
    const widget = await widgetOf(peer);
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

  it('reach the widget under old names, too', async () => {
    const peer = make();
    const widget = await widgetOf(peer);
    await widget.load();
    const run = (name: string) => {
      const [first = '', second] = name.split('.');
      const owner = (second ? peer.meeting : peer) as unknown as Record<string, () => Promise<unknown>>;
      return owner[second ?? first]?.();
    };
    await Promise.all(Object.keys(aliases).map(run));
    expect(widget.calls.map(([name]) => name)).toEqual(Object.keys(aliases));
  });

  it('refuse what cannot be sent', async () => {
    const peer = make();
    await (await widgetOf(peer)).load();
    const own: Record<string, unknown> = { roomId: 1 };
    own.self = own;
    for (const wrong of [{ roomId: 1012n }, { roomId: 1, more: [1n] }, own])
      expect(await codeOf(peer.meeting.enter(wrong as never))).toBe('INVALID_ARGUMENT');
  });

  it('carry dates, and data that a framework wraps in proxies', async () => {
    const peer = make();
    const widget = await widgetOf(peer);
    await widget.load();
    const wrap = (target: object): object =>
      new Proxy(target, {
        get: (_, key) => {
          const value: unknown = Reflect.get(target, key);
          return typeof value === 'object' && value && !(value instanceof Date) ? wrap(value) : value;
        },
      });
    const start = new Date(Date.UTC(2026, 10, 23, 8));
    const run = peer as unknown as Record<string, (input: unknown) => Promise<unknown>>;
    await run.anything?.(wrap({ start, members: [{ name: 'Ann', since: start }] }));
    await run.anything?.(start);
    expect(widget.calls).toEqual([
      ['anything', [{ start, members: [{ name: 'Ann', since: start }] }]],
      ['anything', [start]],
    ]);
    expect(widget.calls[1]?.[1][0]).toBeInstanceOf(Date);
  });

  it('call `callback` once after success, with the value of the Promise, and send no function', async () => {
    const peer = make();
    const widget = await widgetOf(peer);
    await widget.load();
    const field = vi.fn();
    const argument = vi.fn();
    const value = await peer.meeting.updateVideo({ video: true, callback: field }, argument);
    expect(field.mock.calls).toEqual([[value]]);
    expect(argument.mock.calls).toEqual([[value]]);
    expect(widget.calls).toEqual([['meeting.updateVideo', [{ video: true }]]]);
  });

  it.each(ofMeetings)('[%s] %s gives its answer as a Promise and to both kinds of callback', async (_, name) => {
    const peer = make();
    const widget = await widgetOf(peer);
    await widget.load();
    const [field, argument] = [vi.fn(), vi.fn()];
    const { meeting } = peer as unknown as { meeting: Record<string, (...args: unknown[]) => Promise<unknown>> };
    const value = await meeting[name.replace('meeting.', '')]?.({ roomId: 7, callback: field }, argument);
    expect(value).toMatchObject({ echo: { roomId: 7 } });
    expect([field.mock.calls, argument.mock.calls]).toEqual([[[value]], [[value]]]);
    expect(widget.calls).toEqual([[name, [{ roomId: 7 }]]]);
  });

  it('do not call `callback` after a failure, and rebuild the error', async () => {
    const peer = make();
    const widget = await widgetOf(peer, {
      call: () => Promise.reject({ code: 'WRONG_PASSWORD', message: 'no', details: { field: 'password' } }),
    });
    await widget.load();
    const callback = vi.fn();
    const failed = peer.meeting.chat({ content: 'x', callback });
    await expect(failed).rejects.toBeInstanceOf(RTCPeerError);
    await expect(failed).rejects.toMatchObject({ code: 'WRONG_PASSWORD', details: { field: 'password' } });
    expect(callback).not.toHaveBeenCalled();
  });

  it('reject arguments that cannot be sent with INVALID_ARGUMENT, and name the method', async () => {
    const peer = make();
    await (await widgetOf(peer)).load();
    const loop: Record<string, unknown> = {};
    loop.loop = loop;
    for (const content of [Symbol('x'), loop])
      await expect(peer.meeting.chat({ content: content as never })).rejects.toMatchObject({
        code: 'INVALID_ARGUMENT',
        message: expect.stringMatching(/^meeting\.chat: /),
      });
  });

  it('time out, except calls that wait for a person', async () => {
    const peer = make({ timeout: 300 });
    const widget = await widgetOf(peer, { call: () => new Promise(() => {}) }, { patient: ['meeting.checkDevice'] });
    await widget.load();
    const prompt = vi.fn();
    peer.meeting
      .checkDevice()
      .finally(prompt)
      .catch(() => {});
    const failed = peer.meeting.chat({ content: 'x' });
    await expect(failed).rejects.toMatchObject({ code: 'TIMEOUT', message: 'meeting.chat: no answer in 300 ms' });
    expect(prompt).not.toHaveBeenCalled();
  });

  it('time out one by one, although they share one timer, which ends with the peer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
    try {
      const peer = make({ timeout: 1000 });
      const widget = await widgetOf(peer, {
        call: (_, [input]) =>
          (input as { content: string }).content === 'answered' ? Promise.resolve(1) : new Promise(() => {}),
      });
      await widget.load();
      await peer.ready;
      const settled: string[] = [];
      const chat = (content: string) =>
        codeOf(peer.meeting.chat({ content })).then((code) => settled.push(`${content} ${code}`));
      const all = [chat('answered'), chat('first')];
      await all[0];
      await vi.advanceTimersByTimeAsync(400);
      all.push(chat('second'));
      await vi.advanceTimersByTimeAsync(599);
      expect(settled).toEqual(['answered resolved']);
      expect(vi.getTimerCount()).toBe(1);
      await vi.advanceTimersByTimeAsync(1);
      expect(settled).toEqual(['answered resolved', 'first TIMEOUT']);
      await vi.advanceTimersByTimeAsync(400);
      expect(settled).toEqual(['answered resolved', 'first TIMEOUT', 'second TIMEOUT']);
      all.push(chat('third'));
      await vi.advanceTimersByTimeAsync(1);
      const destroyed = peer.destroy();
      await vi.advanceTimersByTimeAsync(1000);
      await Promise.all([...all, destroyed]);
      expect(settled.at(-1)).toBe('third DESTROYED');
      expect(vi.getTimerCount()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it('give publish and play a getBitrate', async () => {
    const client = { id: 7 };
    const peer = make();
    const calls: unknown[] = [];
    const widget = await widgetOf(peer, { call: async (...call) => ({ client, count: calls.push(call) }) });
    await widget.load();
    await (await peer.meeting.publish({ audio: true, video: true })).getBitrate();
    await (await peer.meeting.play({ client, domId: 'a' })).getBitrate();
    expect(calls.filter((call) => (call as [string])[0] === 'meeting.getBitrate')).toEqual([
      ['meeting.getBitrate', []],
      ['meeting.getBitrate', [{ client }]],
    ]);
  });

  it('are the same function for each name, no thenable, and undefined for names that frameworks probe', () => {
    const peer = make() as unknown as Record<string, unknown> & { meeting: Record<string, unknown> };
    expect(peer.then).toBeUndefined();
    expect(peer.toJSON).toBeUndefined();
    expect(peer.$$typeof).toBeUndefined();
    expect(peer.meeting.exit).toBe(peer.meeting.exit);
  });
});

describe('a copy for the frame', () => {
  it('keeps everything but functions', () => {
    const date = new Date(0);
    expect(plain([1, null, undefined, 'a', date, { b: () => {}, c: [{ callback: null, d: date }] }])).toEqual([
      1,
      null,
      undefined,
      'a',
      date,
      { c: [{ d: date }] },
    ]);
  });
});
