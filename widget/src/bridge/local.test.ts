// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { fakeApp, participant, room, snapshotOf } from '../model/testing.ts';
import { createDispatch } from './dispatch.ts';
import { createHandlers } from './local.ts';
import { createOverrides } from './overrides.ts';
import { createOwn } from './own.ts';

afterEach(() => void vi.unstubAllGlobals());

const entered = async (more: Parameters<typeof snapshotOf>[2] = {}) => {
  const all = fakeApp();
  all.server.next(snapshotOf(1, [participant(2)], more));
  all.app.start({});
  const handlers = createHandlers(all.app);
  const { call } = createDispatch(createOwn(handlers), {
    relay: async (name) => ({ relayed: name }),
    overrides: createOverrides(all.app),
  });
  await call('meeting.enter', [{ roomId: 1012, username: 'Ann' }]);
  return { ...all, handlers, call };
};
const both = { audio: true, video: true };

test('[3.4] the camera has the size and the frame rates that a page sets', async () => {
  const { handlers, machine } = await entered();
  await handlers['meeting.publish']({ ...both, definition: '480p', minFrameRate: 10, maxFrameRate: 20 }, undefined);
  expect(machine.cameras).toEqual([{ deviceId: undefined, definition: '480p', minFrameRate: 10, maxFrameRate: 20 }]);
  await handlers['meeting.publish'](both, undefined);
  expect(machine.cameras.at(-1)).toMatchObject({ definition: '720p', minFrameRate: undefined });
  await expect(
    handlers['meeting.publish']({ ...both, minFrameRate: 20, maxFrameRate: 10 }, undefined),
  ).rejects.toMatchObject({ code: 'INVALID_ARGUMENT', details: { field: 'minFrameRate' } });
});

test('[3.4] the tiles have the ids that a page gives them', async () => {
  const { handlers, app } = await entered();
  await handlers['meeting.publish']({ ...both, localTag: 'mine', remoteTag: 'big' }, undefined);
  expect([...app.meeting.tiles.named.value]).toEqual([['mine', 1]]);
  expect([app.meeting.tiles.lastSpeakerTag.value, app.meeting.tiles.lastSpeaker.value]).toEqual(['big', 2]);
  // A participant who is played in this tile replaces the last speaker.
  await handlers['meeting.play']({ client: { id: 2 }, domId: 'big' }, undefined);
  expect(app.meeting.tiles.lastSpeakerTag.value).toBeUndefined();
});

test('the address of a file is a whole one for a page', async () => {
  const { app } = await entered();
  const { call } = createDispatch(createOwn(createHandlers(app)), {
    relay: async (_, input) => ({ link: `files/chat/${(input as { fileId: number }).fileId}/plan.pdf` }),
    overrides: createOverrides(app),
  });
  expect(await call('meeting.getFileLink', [7])).toEqual({ link: `${document.baseURI}files/chat/7/plan.pdf` });
});

test('[3.6] closePlay answers the client, and in it the client again, however it is named', async () => {
  const { call } = await entered();
  for (const input of [{ client: { id: 2 } }, { object: { id: 2 } }]) {
    const answer = (await call('meeting.closePlay', [input])) as { id: number; name: string; client: object };
    expect(answer).toMatchObject({ id: 2, client: { id: 2, name: answer.name } });
  }
});

test('[3.1] [3.4] in an audio-only room a page sends audio only', async () => {
  const { handlers, machine, server } = await entered({ room: { ...room, roomType: 1 } });
  await handlers['meeting.publish'](both, undefined);
  expect(machine.cameras).toEqual([]);
  expect(server.named('media.produce').map(({ source }) => source)).toEqual(['mic']);
  await expect(handlers['meeting.updateVideo']({ video: true }, undefined)).rejects.toMatchObject({
    code: 'FORBIDDEN',
  });
});

test('[3.37] [3.38] a camera is tested with the size that the page names', async () => {
  const { handlers, machine } = await entered();
  expect(await handlers['meeting.checkVideo']({ definition: '1080p' }, undefined)).toEqual({ video: { code: 1000 } });
  await handlers['meeting.checkDevice']({ definition: '720p' }, undefined);
  await handlers['meeting.checkVideo'](undefined, undefined);
  expect(machine.cameras).toEqual([
    { definition: '1080p', isExact: true },
    { definition: '720p', isExact: true },
    { deviceId: undefined },
  ]);
});

test('[3.38] a camera that is open is checked by its capabilities', async () => {
  const { handlers, machine, app } = await entered();
  await app.devices.setCamera(true);
  Object.assign(machine.opened[0] as MediaStreamTrack, { getCapabilities: () => ({ height: { max: 720 } }) });
  expect(await handlers['meeting.checkVideo']({ definition: '1080p' }, undefined)).toEqual({ video: { code: 1002 } });
  expect(await handlers['meeting.checkVideo']({ definition: '720p' }, undefined)).toEqual({ video: { code: 1000 } });
  expect(machine.opened).toHaveLength(1);
});

test('[3.8] [3.9] the caller’s own microphone is muted by the widget, that of others by the server', async () => {
  const { call, app } = await entered();
  await expect(call('meeting.updateMute', ['yes'])).rejects.toMatchObject({
    code: 'INVALID_ARGUMENT',
    details: { field: 'isMute' },
  });
  const relayed = { relayed: 'meeting.muteMsg' };
  expect(await call('meeting.muteMsg', [{ userId: 2, roomId: 1012, isMute: true }])).toEqual(relayed);
  // All are told by the server.
  expect(await call('meeting.muteMsg', [{ userId: 1, roomId: 1012, isMute: true }])).toEqual(relayed);
  expect(app.devices.microphoneOn.value).toBe(false);
  await app.devices.setMicrophone(true);
  expect(await call('meeting.muteMsg', [{ userId: '1', roomId: '1012', isMute: true }])).toEqual(relayed);
  expect(app.devices.microphoneOn.value).toBe(false);
});
