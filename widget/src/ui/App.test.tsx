// @vitest-environment happy-dom
import { RTCPeerError } from '@meetframe/contract';
import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AppModel, Screen } from '../model/types.ts';
import { App } from './App.tsx';

let root: HTMLElement;

beforeEach(() => {
  root = document.body.appendChild(document.createElement('div'));
});

afterEach(() => {
  render(null, root);
  root.remove();
});

const find = <Kind extends HTMLElement = HTMLElement>(testId: string): Kind | null =>
  root.querySelector<Kind>(`[data-testid="${testId}"]`);

function lobby({ isHasPwd = false, name = '', logo = null as string | null } = {}) {
  const username = signal(name);
  const signals = {
    screen: signal<Screen>('lobby'),
    locale: signal<'en' | 'zh-CN'>('en'),
    isAudio: signal(false),
    problem: signal<RTCPeerError | undefined>(undefined),
    cameraProblem: signal<'PERMISSION_DENIED' | undefined>(undefined),
  };
  const join = vi.fn(async () => undefined);
  const app = {
    ...signals,
    lobbyRoom: signal({ roomId: 1012, name: 'Weekly', isHasPwd, logo }),
    username,
    isAudio: signals.isAudio,
    entering: signal(false),
    theme: signal('dark'),
    leftReason: signal(undefined),
    session: {
      connection: signal('connected'),
      signOnRefused: signal(false),
      user: signal(null),
      company: signal(null),
    },
    meeting: { self: signal(undefined), room: signal(null) },
    devices: {
      devices: signal([]),
      cameraId: signal(undefined),
      microphoneId: signal(undefined),
      speakerId: signal(undefined),
      cameraOn: signal(true),
      microphoneOn: signal(false),
      cameraStream: signal(undefined),
      cameraProblem: signals.cameraProblem,
      microphoneProblem: signal(undefined),
      opening: signal(false),
      microphoneLevel: signal(0),
    },
    setUsername: (value: string) => {
      username.value = value;
    },
    join,
  } as unknown as AppModel;
  act(() => render(<App app={app} />, root));
  return { app, join, signals };
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

test('the lobby asks for a name before it joins', () => {
  const { join } = lobby();
  submit();
  expect(join).not.toHaveBeenCalled();
  expect(root.querySelector('[role="alert"]')?.textContent).toBe('Please type your name.');
  type('lobby-name', 'Wang');
  submit();
  expect(join).toHaveBeenCalledWith({ password: undefined });
});

test('a room with a password takes it along', () => {
  const { join } = lobby({ isHasPwd: true, name: 'Wang' });
  submit();
  expect(join).not.toHaveBeenCalled();
  type('lobby-password', 'secret');
  submit();
  expect(join).toHaveBeenCalledWith({ password: 'secret' });
});

test('switches say whether they are on', () => {
  lobby();
  expect(find('toggle-camera')?.getAttribute('aria-pressed')).toBe('true');
  expect(find('toggle-mic')?.getAttribute('aria-pressed')).toBe('false');
});

test('a room for sound only offers no camera, and says why', () => {
  const { signals } = lobby();
  expect(find('toggle-camera')).not.toBeNull();
  act(() => {
    signals.isAudio.value = true;
  });
  expect(find('toggle-camera')).toBeNull();
  expect(find('select-camera')).toBeNull();
  expect(find('toggle-mic')).not.toBeNull();
  expect(root.textContent).toContain('This meeting is for sound only.');
});

test('a camera that is refused is explained and does not stop anybody', () => {
  const { signals } = lobby({ name: 'Wang' });
  act(() => {
    signals.cameraProblem.value = 'PERMISSION_DENIED';
  });
  expect(find('device-problem')?.textContent).toContain('You can still take part.');
  expect(find<HTMLButtonElement>('lobby-join')?.disabled).toBe(false);
});

test('the logo of a room is shown, and one that does not load leaves no gap', () => {
  lobby({ logo: 'https://example.test/logo.png' });
  const logo = root.querySelector('img');
  expect(logo?.getAttribute('src')).toBe('https://example.test/logo.png');
  expect(logo?.getAttribute('referrerpolicy')).toBe('no-referrer');
  act(() => {
    logo?.dispatchEvent(new Event('error'));
  });
  expect(root.querySelector('img')).toBeNull();
});

test('a refusal is read out in the language of the moment', () => {
  const { signals } = lobby({ name: 'Wang' });
  act(() => {
    signals.problem.value = new RTCPeerError('ROOM_FULL', 'full');
  });
  expect(find('problem')?.textContent).toBe('The room is full. Try again when somebody has left.');
  act(() => {
    signals.locale.value = 'zh-CN';
  });
  expect(find('problem')?.textContent).toBe('会议室已满，请在有人离开后重试。');
  expect(document.documentElement.lang).toBe('zh-CN');
});
