import { afterEach, expect, test, vi } from 'vitest';
import { fakeMeeting, snapshotOf } from '../testing.ts';

afterEach(() => void vi.unstubAllGlobals());

const entered = async () => {
  const all = fakeMeeting();
  all.server.next(snapshotOf(1));
  await all.meeting.enter({ roomId: 1012 });
  const { microphone } = all.meeting.publishing;
  const state = () => [microphone.wanted.value, microphone.isChanging.value, microphone.isOn.value];
  return { ...all, microphone, state };
};

test('the own microphone is first wanted, then being changed, then in the state that the server has', async () => {
  const { meeting, microphone, state, server } = await entered();
  expect(state()).toEqual([false, false, false]);
  const changing = microphone.set(true);
  expect(state()).toEqual([true, true, false]);
  await changing;
  expect(state()).toEqual([true, false, true]);
  await microphone.set(false);
  expect(state()).toEqual([false, false, false]);
  expect(meeting.roster.self.value?.client.isMuted).toBe(true);
  // The server starts with an unmuted participant, so only the mute is sent.
  expect(server.named('meeting.updateMute')).toEqual([{ isMute: true }]);
});

test('a refused microphone stays wanted and names the problem', async () => {
  const { machine, microphone, state } = await entered();
  machine.forbid('for good');
  await expect(microphone.set(true)).rejects.toMatchObject({ code: 'PERMISSION_DENIED' });
  expect(state()).toEqual([true, false, false]);
  expect(microphone.problem.value).toBe('PERMISSION_DENIED');
});

test('several changes of the microphone end in the state that was wanted last', async () => {
  const { server, microphone, state, meeting } = await entered();
  await Promise.all([microphone.set(true), microphone.set(false), microphone.set(true), microphone.set(false)]);
  expect(state()).toEqual([false, false, false]);
  expect(meeting.roster.self.value?.client.isMuted).toBe(true);
  expect(server.named('meeting.updateMute').at(-1)).toEqual({ isMute: true });
});
