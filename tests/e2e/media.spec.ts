import type { RTCPeer } from '@meetframe/host-sdk';
import type { BrowserContext, Frame } from '@playwright/test';
import type { Person } from '../media/make.ts';
import { call, heard, listen, must, roomFor, state } from './support/api.ts';
import { joinOverNetwork } from './support/network.ts';
import {
  enter,
  expect,
  fillWindow,
  hears,
  nothing,
  oa,
  type Participant,
  sees,
  seesMoving,
  test,
  throughLobby,
  together,
} from './support/people.ts';
import { workersOf } from './support/platform.ts';
import { streams, videoCodecs, watchConnections } from './support/rtc.ts';

test.setTimeout(120_000);

test.describe('codecs', () => {
  test('[3.4] by default a camera goes out as VP8 in as many sizes as the browser encodes of it, the whole one too, and a small tile gets a small picture', async ({
    join,
  }) => {
    const alice = await join('alice', { ...oa('alice'), prepare: watchConnections });
    const bob = await join('bob', { ...oa('bob'), prepare: watchConnections });
    const roomId = await roomFor(alice.page);
    const sending = await enter(alice, roomId);
    const receiving = await enter(bob, roomId);
    await together(sending, receiving);
    const sent = await streams(sending, 'outbound-rtp');
    expect(sent.filter(({ kind }) => kind === 'video').map(({ codec }) => codec)).toEqual(Array(2).fill('video/VP8'));
    // The camera gives 640 × 360 pixels.
    const sizes = async () => {
      const all = await streams(sending, 'outbound-rtp');
      return all.flatMap(({ frames, width }) => (frames > 0 && width > 0 ? [width] : [])).sort((a, b) => a - b);
    };
    await expect.poll(sizes, { timeout: 60_000 }).toEqual([320, 640]);
    const width = async () => (await streams(receiving, 'inbound-rtp')).find(({ frames }) => frames > 0)?.width;
    await fillWindow(bob.page, { width: '300px', height: '300px' });
    await expect.poll(width, { timeout: 30_000 }).toBe(320);
    expect(await sees(receiving, 'alice')).toBe(true);
  });

  test('[3.1] VP9, H264 and AV1 are what the others decode when the page asks for them', async ({ join }) => {
    const alice = await join('alice', { ...oa('alice'), prepare: watchConnections });
    const bob = await join('bob', { ...oa('bob'), prepare: watchConnections });
    const sending = await alice.widget();
    const encoded = await sending.evaluate(() =>
      RTCRtpSender.getCapabilities('video')?.codecs.map(({ mimeType }) => mimeType),
    );
    const roomId = await roomFor(alice.page);
    for (const mimeType of ['video/VP9', 'video/H264', 'video/AV1']) {
      if (!encoded?.includes(mimeType)) continue;
      await enter(alice, roomId, { codec: mimeType.slice('video/'.length).toLowerCase() });
      const receiving = await enter(bob, roomId);
      await together(sending, receiving);
      expect(await videoCodecs(sending, 'outbound-rtp')).toEqual([mimeType]);
      expect(await videoCodecs(receiving, 'inbound-rtp')).toEqual([mimeType]);
      // Bob’s page asked for none.
      expect(await videoCodecs(sending, 'inbound-rtp')).toEqual(['video/VP8']);
      for (const { page } of [alice, bob]) await must(page, 'meeting.exit');
    }
  });

  test('[3.1] a codec that does not exist is refused by its name', async ({ join }) => {
    const { page } = await join('alice', oa('alice'));
    const refused = await call(page, 'meeting.enter', { roomId: 1012, codec: 'H266' });
    expect(refused).toMatchObject({ code: 'INVALID_ARGUMENT' });
    expect(refused.message).toContain('codec');
  });

  test('who cannot receive a codec sees the picture all the same, and so do the others', async ({ join }) => {
    const alice = await join('alice', { ...oa('alice'), prepare: watchConnections });
    const bob = await join('bob', { ...oa('bob'), prepare: watchConnections });
    const carol = await joinOverNetwork(join, 'carol', { prepare: watchConnections });
    // Carol’s browser is one that knows VP8 only.
    carol.network.edit((request) => {
      const capabilities = request.rtpCapabilities as { codecs: { mimeType: string }[] } | undefined;
      const codecs = capabilities?.codecs.filter(({ mimeType }) => /audio|VP8/i.test(mimeType));
      return capabilities ? { ...request, rtpCapabilities: { ...capabilities, codecs } } : request;
    });
    const roomId = await roomFor(alice.page);
    await enter(alice, roomId, { codec: 'VP9' });
    const modern = await enter(bob, roomId);
    await expect.poll(() => sees(modern, 'alice')).toBe(true);
    expect(await videoCodecs(modern, 'inbound-rtp')).toEqual(['video/VP9']);
    const old = await enter(carol, roomId);
    await expect.poll(() => sees(old, 'alice'), { timeout: 30_000 }).toBe(true);
    await expect.poll(async () => (await videoCodecs(modern, 'inbound-rtp')).includes('video/VP8')).toBe(true);
    await expect.poll(() => sees(modern, 'alice')).toBe(true);
  });
});

test('[3.25] when the way to the media server breaks, picture and sound come back by themselves', async ({ join }) => {
  test.slow();
  const alice = await joinOverNetwork(join, 'alice');
  const { network } = alice;
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const frames = [await enter(alice, roomId), await enter(bob, roomId)] as const;
  await together(...frames);

  await test.step('by an ICE restart', async () => {
    network.forgetMedia();
    await expect.poll(() => network.asked('media.restartIce').length, { timeout: 30_000 }).toBeGreaterThan(0);
    await together(...frames);
    expect(network.asked('media.open')).toEqual([]);
  });

  await test.step('by new transports, when no restart helps', async () => {
    const restarts = network.asked('media.restartIce').length;
    network.stopMediaUntil('media.open');
    await expect.poll(() => network.asked('media.open').length, { timeout: 60_000 }).toBe(1);
    expect(network.asked('media.restartIce').length).toBeGreaterThan(restarts);
    await together(...frames);
  });

  await test.step('over other workers, when the media workers die, and the others are told truly meanwhile', async () => {
    const before = (await state(alice.page)).client;
    await listen(bob.page, 'onPublished');
    for (const worker of workersOf(Number(process.env.PLATFORM_PID))) process.kill(worker, 'SIGKILL');
    await expect.poll(() => network.asked('media.open').length).toBe(2);
    await together(...frames);
    const after = (await state(alice.page)).client;
    expect(after).toMatchObject({ id: before?.id, isMuted: false });
    expect(after?.peerId).not.toBe(before?.peerId);
    const told = (await heard(bob.page, 'onPublished')).filter(({ client }) => client.id === before?.id);
    expect(told.map(({ event, vCode }) => [event, vCode])).toEqual([
      ['close', undefined],
      ['play', 'rePlay'],
    ]);
    expect(told[1].client.peerId).toBe(after?.peerId);
  });
  expect(network.asked('meeting.enter')).toHaveLength(1);
});

test('[3.4] the size and the rate of a camera change while it is sent, and the others go on seeing it', async ({
  join,
}) => {
  const alice = await join('alice', { ...oa('alice'), prepare: watchConnections });
  const bob = await join('bob', oa('bob'));
  const roomId = await roomFor(alice.page);
  const sending = await enter(alice, roomId, {}, nothing);
  const publish = (more: object) => must(alice.page, 'meeting.publish', { audio: false, video: true, ...more });
  const layers = () =>
    sending.evaluate(() => {
      const { connections } = window as never as { connections: RTCPeerConnection[] };
      const senders = connections.flatMap((each) => each.getSenders()).filter(({ track }) => track?.kind === 'video');
      return senders.map((sender) => sender.getParameters().encodings.length);
    });
  await publish({ definition: '240p', minFrameRate: 5, maxFrameRate: 10 });
  const receiving = await enter(bob, roomId, {}, nothing);
  await expect.poll(() => seesMoving(receiving, 'alice')).toBe(true);
  expect(await layers()).toEqual([1]);
  await publish({ definition: '720p' });
  await expect.poll(layers).toEqual([2]);
  await expect.poll(() => seesMoving(receiving, 'alice')).toBe(true);
});

test('[3.4] without automatic play a page sees who speaks, in the tile that it asked for', async ({ join }) => {
  const [alice, bob, carol] = await Promise.all([
    join('alice', oa('alice')),
    join('bob', oa('bob')),
    join('carol', oa('carol')),
  ]);
  const roomId = await roomFor(bob.page);
  await enter(carol, roomId, {}, { audio: false, video: true });
  await alice.page.evaluate(async (host) => {
    const own = window as never as { rtcPeer: RTCPeer };
    own.rtcPeer.destroy();
    const { RTCPeer: Peer } = await import(`${host}/sdk/rtcpeer.js`);
    own.rtcPeer = new Peer({
      host,
      container: '#stage',
      sign: () => fetch('/sign').then((answer) => answer.text()),
      autoPlay: false,
      locale: 'en',
    });
  }, `${process.env.PLATFORM_ORIGIN}/app`);
  const frame = await enter(alice, roomId, {}, nothing);
  const others = frame.locator('[data-testid=tile]:not([data-tile=local])');
  await expect(frame.locator('[data-tile=local]')).toHaveCount(1);
  await expect(others).toHaveCount(0);
  await must(alice.page, 'meeting.publish', { ...nothing, remoteTag: 'voice' });
  const shows = async (person: Person, { page }: Participant) => {
    await expect(others).toHaveCount(1);
    await expect(frame.locator('#voice')).toHaveAttribute('data-client-id', String((await state(page)).client?.id));
    await expect.poll(() => sees(frame, person)).toBe(true);
  };
  // Before anybody has spoken, whoever was there first.
  await shows('carol', carol);
  await enter(bob, roomId);
  await shows('bob', bob);
});

test('[8.3] in a room for sound only nobody opens or sends a camera, and people hear each other', async ({ join }) => {
  const noteOpened = (context: BrowserContext) =>
    context.addInitScript(() => {
      const { mediaDevices } = navigator;
      if (!mediaDevices) return;
      const open = mediaDevices.getUserMedia.bind(mediaDevices);
      const opened: string[] = [];
      Object.assign(window, { opened });
      mediaDevices.getUserMedia = (wanted) => {
        opened.push(...Object.keys(wanted ?? {}));
        return open(wanted);
      };
    });
  const opened = (frame: Frame) => frame.evaluate(() => [...new Set((window as never as { opened: string[] }).opened)]);
  const alice = await join('alice', { ...oa('alice'), prepare: noteOpened });
  const { company } = await must(alice.page, 'login', { name: 'alice', password: 'demo' });
  const room = { name: 'Sound', roomtype: 1, orgId: company.id, numberLimit: 5, isPublic: true };
  const { roomId } = await must(alice.page, 'newTempRoom', room);
  const own = await enter(alice, roomId);
  expect((await call(alice.page, 'meeting.updateVideo', true)).code).toBe('FORBIDDEN');

  const bob = await join('bob', { path: `${process.env.PLATFORM_ORIGIN}/app/#/?rd=${roomId}`, prepare: noteOpened });
  const lobby = await bob.widget();
  await expect(lobby.getByText('This is an audio-only meeting.')).toBeVisible();
  await expect(lobby.getByTestId('select-camera')).toHaveCount(0);
  await expect(lobby.getByTestId('toggle-camera')).toHaveCount(0);
  const frame = await throughLobby(bob);
  for (const each of [own, frame]) {
    await expect(each.getByTestId('toggle-mic')).toBeVisible();
    await expect(each.getByTestId('toggle-camera')).toHaveCount(0);
  }
  await frame.getByTestId('open-settings').click();
  await expect(frame.getByTestId('select-microphone')).toBeVisible();
  await expect(frame.getByTestId('select-camera')).toHaveCount(0);
  await expect.poll(() => hears(own, 'bob')).toBe(true);
  await expect.poll(() => hears(frame, 'alice')).toBe(true);
  expect([await opened(own), await opened(frame)]).toEqual([['audio'], ['audio']]);
});

test('[3.4] the size of a camera rises above what it was first opened with, and its layers and bits with it', async ({
  join,
}) => {
  // The camera of a file has one size; the browser's own has many.
  const alice = await join('alice', {
    ...oa('alice'),
    without: ['--use-file-for-fake-video-capture'],
    prepare: watchConnections,
  });
  const roomId = await roomFor(alice.page);
  const frame = await enter(alice, roomId, {}, nothing);
  const sent = () =>
    frame.evaluate(() => {
      const { connections } = window as never as { connections: RTCPeerConnection[] };
      const senders = connections.flatMap((each) => each.getSenders());
      const camera = senders.find(({ track }) => track?.kind === 'video');
      const layers = camera?.getParameters().encodings ?? [];
      return [camera?.track?.getSettings().height, layers.length, Math.round((layers.at(-1)?.maxBitrate ?? 0) / 1e5)];
    });
  for (const [definition, ...expected] of [
    ['240p', 240, 1, 2],
    ['1080p', 1080, 3, 29],
    ['480p', 480, 2, 8],
    ['720p', 720, 3, 15],
  ] as const) {
    await must(alice.page, 'meeting.publish', { audio: false, video: true, definition });
    await expect.poll(sent, { message: definition }).toEqual(expected);
  }
});
