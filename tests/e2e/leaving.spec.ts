import { must, roomFor } from './support/api.ts';
import { enter, expect, oa, test } from './support/people.ts';

/** `TURNS=100` takes two minutes. */
const turns = Number(process.env.TURNS ?? 6);

test('nothing stays in the widget of somebody who enters and leaves again and again', async ({ join }) => {
  test.setTimeout(180_000 + turns * 10_000);
  const alice = await join('alice', {
    ...oa('alice'),
    prepare: (context) =>
      context.addInitScript(() => {
        const connections = new Set<RTCPeerConnection>();
        const contexts = new Set<AudioContext>();
        const tracks = new Set<MediaStreamTrack>();
        const intervals = new Set<number>();
        let listeners = 0;
        window.RTCPeerConnection = class extends RTCPeerConnection {
          constructor(configuration?: RTCConfiguration) {
            super(configuration);
            connections.add(this);
          }
        };
        window.AudioContext = class extends AudioContext {
          constructor(options?: AudioContextOptions) {
            super(options);
            contexts.add(this);
          }
        };
        const open = MediaDevices.prototype.getUserMedia;
        MediaDevices.prototype.getUserMedia = async function (constraints) {
          const stream = await open.call(this, constraints);
          for (const track of stream.getTracks()) tracks.add(track);
          return stream;
        };
        const { setInterval: begin, clearInterval: end } = window;
        window.setInterval = ((...given: Parameters<typeof begin>) => {
          const id = begin(...given);
          intervals.add(id as never);
          return id;
        }) as typeof begin;
        window.clearInterval = (id) => {
          intervals.delete(id as never);
          end(id);
        };
        // Those that would outlive what added them.
        for (const target of [window, document, navigator.mediaDevices].filter(Boolean)) {
          const { addEventListener: add, removeEventListener: remove } = target;
          target.addEventListener = (...given: Parameters<typeof add>) => {
            if (!(given[2] as AddEventListenerOptions | undefined)?.once) listeners++;
            add.apply(target, given);
          };
          target.removeEventListener = (...given: Parameters<typeof remove>) => {
            listeners--;
            remove.apply(target, given);
          };
        }
        Object.assign(window, {
          left: () => ({
            connections: [...connections].filter(({ connectionState }) => connectionState !== 'closed').length,
            contexts: [...contexts].filter(({ state }) => state !== 'closed').length,
            tracks: [...tracks].filter(({ readyState }) => readyState === 'live').length,
            elements: document.querySelectorAll('audio, video').length,
            intervals: intervals.size,
            listeners,
          }),
        });
      }),
  });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  await enter(bob, roomId);
  const frame = await alice.widget();
  const left = () => frame.evaluate(() => (window as never as { left(): Record<string, number> }).left());
  const turn = async (): Promise<void> => {
    await enter(alice, roomId);
    await expect(frame.locator('[data-testid=tile]:not([data-tile=local]) video')).toHaveCount(1);
    await must(alice.page, 'meeting.exit');
    await expect(frame.getByTestId('leave')).toHaveCount(0);
  };
  // What is loaded once is there after the first turns.
  for (let times = 0; times < 2; times++) await turn();
  const before = await left();
  expect(before).toMatchObject({ connections: 0, tracks: 0, contexts: 0, elements: 0 });
  for (let times = 0; times < turns; times++) await turn();
  await expect.poll(left).toEqual(before);
});
