// @vitest-environment happy-dom
import { afterEach, expect, test, vi } from 'vitest';
import { fakeApp, participant, snapshotOf } from '../model/testing.ts';
import { DeviceTestView } from './deviceTest.ts';

afterEach(() => void vi.unstubAllGlobals());

test('what is said for the test is heard by others only in a meeting, and only while the microphone is on', async () => {
  const { app, server } = fakeApp();
  await app.devices.setMicrophone(true);
  const view = new DeviceTestView(app);
  expect(view.isHeard.value).toBe(false);
  server.next(snapshotOf(1, [participant(2)]));
  await app.enter({ roomId: 1012 });
  expect(view.isHeard.value).toBe(true);
  const change = { joined: [], left: [], changed: [{ client: { id: 1, isMuted: true } }] };
  server.tell('meeting.roster', { roomId: 1012, ...change });
  expect(app.devices.microphoneTrack.value).toBeDefined();
  expect(view.isHeard.value).toBe(false);
  view[Symbol.dispose]();
});
