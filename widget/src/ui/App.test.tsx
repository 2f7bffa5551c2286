// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fakeApp, room, snapshotOf } from '../model/testing.ts';
import { App } from './App.tsx';

let root: HTMLElement;

beforeEach(() => {
  root = document.body.appendChild(document.createElement('div'));
});

afterEach(() => {
  render(null, root);
  root.remove();
  vi.unstubAllGlobals();
});

const find = <Kind extends HTMLElement = HTMLElement>(testId: string): Kind | null =>
  root.querySelector<Kind>(`[data-testid="${testId}"]`);

/** The lobby of a room, with a camera and a microphone, of which only the camera is on. */
async function lobby({ isHasPwd = false, name = '', logo = null as string | null } = {}) {
  const all = fakeApp();
  const { app, server } = all;
  const join = vi.spyOn(app, 'join');
  server.next(snapshotOf(1, [], { room: { ...room, isHasPwd, logo } }));
  app.start({ room: 1012, username: name, locale: 'en', theme: 'dark', audio: false });
  await vi.waitFor(() => expect(app.devices.cameraStream.value).toBeDefined());
  act(() => render(<App app={app} />, root));
  return { ...all, join };
}

function type(testId: string, value: string): void {
  const input = find<HTMLInputElement>(testId);
  if (!input) throw new Error(`There is no ${testId}`);
  act(() => {
    input.value = value;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  });
}

const submit = () =>
  act(() => {
    root.querySelector('form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }));
  });

test('the lobby asks for a name before it joins', async () => {
  const { join } = await lobby();
  submit();
  expect(join).not.toHaveBeenCalled();
  expect(root.querySelector('[role="alert"]')?.textContent).toBe('Please type your name.');
  type('lobby-name', 'Wang');
  submit();
  expect(join).toHaveBeenCalledWith({ password: undefined });
});

test('the password of a room is sent when joining', async () => {
  const { join } = await lobby({ isHasPwd: true, name: 'Wang' });
  submit();
  expect(join).not.toHaveBeenCalled();
  type('lobby-password', 'secret');
  submit();
  expect(join).toHaveBeenCalledWith({ password: 'secret' });
});

test('switches show whether they are on', async () => {
  await lobby();
  expect(find('toggle-camera')?.getAttribute('aria-pressed')).toBe('true');
  expect(find('toggle-mic')?.getAttribute('aria-pressed')).toBe('false');
});

test('an audio-only room offers no camera, and says why', async () => {
  const { app, server } = await lobby();
  expect(find('toggle-camera')).not.toBeNull();
  server.next(snapshotOf(1, [], { room: { ...room, roomType: 1 } }));
  await act(() => app.openLobby(1012));
  expect(find('toggle-camera')).toBeNull();
  expect(find('select-camera')).toBeNull();
  expect(find('toggle-mic')).not.toBeNull();
  expect(root.textContent).toContain('This is an audio-only meeting.');
});

test('a refused camera is explained, and the user can still join', async () => {
  const { machine, app } = await lobby({ name: 'Wang' });
  await act(async () => {
    machine.forbid('for good');
    await vi.waitFor(() => expect(app.devices.cameraProblem.value).toBe('PERMISSION_DENIED'));
  });
  await vi.waitFor(() => expect(find('device-problem')?.textContent).toContain('You can still take part.'), 10_000);
  expect(find<HTMLButtonElement>('lobby-join')?.disabled).toBe(false);
});

test('the logo of a room is shown; one that does not load takes no space', async () => {
  await lobby({ logo: 'https://example.test/logo.png' });
  const logo = root.querySelector('img');
  expect(logo?.getAttribute('src')).toBe('https://example.test/logo.png');
  expect(logo?.getAttribute('referrerpolicy')).toBe('no-referrer');
  act(() => {
    logo?.dispatchEvent(new Event('error'));
  });
  expect(root.querySelector('img')).toBeNull();
});

test('an error is read out in the current language', async () => {
  const { app, server } = await lobby({ name: 'Wang' });
  server.refuse('meeting.enter', 'ROOM_FULL');
  await act(() => app.join({}).catch(() => {}));
  expect(find('problem')?.textContent).toBe('The room is full. Try again when someone has left.');
  act(() => {
    app.configure({ locale: 'zh-CN' });
  });
  expect(find('problem')?.textContent).toBe('会议室已满，请在有人离开后重试。');
  expect(document.documentElement.lang).toBe('zh-CN');
});
