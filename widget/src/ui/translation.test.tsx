// @vitest-environment happy-dom
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { author, fakeApp, participant, snapshotOf } from '../model/testing.ts';
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

/** Translates as a browser does: each text becomes one of its own, in `<font>` elements in the place of the text node. */
const translatePage = (): void => {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Text[] = [];
  while (walker.nextNode()) found.push(walker.currentNode as Text);
  for (const text of found) {
    if (!text.parentElement?.closest('[translate="true"], [translate="yes"]')) continue;
    const font = document.createElement('font');
    font.append(Object.assign(document.createElement('font'), { textContent: `${text.data} in translation` }));
    text.replaceWith(font);
  }
};

const named = (id: number, name: string) => participant(id, { client: { ...participant(id).client, name } });
const texts = (selector: string) => [...root.querySelectorAll(selector)].map((each) => each.textContent);
const people = () => texts('[data-testid="person"] p');

/** Waits for an element, whose code may still be loading. */
const find = (testId: string): Promise<HTMLElement> =>
  vi.waitFor(() => {
    const found = root.querySelector<HTMLElement>(`[data-testid="${testId}"]`);
    if (!found) throw new Error(`${testId} is not shown yet.`);
    return found;
  }, 10_000);
const open = async (panel: 'people' | 'chat'): Promise<void> => {
  const button = await find(`toggle-${panel}`);
  act(() => button.click());
  await find(`${panel}-panel`);
};

const meeting = async () => {
  const all = fakeApp();
  const { app, server } = all;
  const start = { roomId: 1012, joined: [], changed: [], left: [], total: 3 };
  server.next(snapshotOf(1, [named(2, 'Bob'), named(3, 'Carol')]));
  app.start({ room: 1012, username: 'P1', locale: 'en', audio: false, video: false });
  await app.enter({ roomId: 1012, username: 'P1' });
  act(() => render(<App app={app} />, root));
  await open('people');
  const change = (more: object) => act(() => server.tell('meeting.roster', { ...start, ...more }));
  return { ...all, change };
};

test('people come, go and change their names after a browser has translated the names', async () => {
  const { change } = await meeting();
  expect(people()).toEqual(['P1 (you)', 'Bob', 'Carol']);
  translatePage();
  expect(people()).toEqual(['P1 in translation (you)', 'Bob in translation', 'Carol in translation']);
  change({ changed: [{ client: { id: 2, name: 'Bernd' } }], joined: [named(4, 'Dave')] });
  expect(people()).toEqual(['P1 in translation (you)', 'Bernd', 'Carol in translation', 'Dave']);
  translatePage();
  change({ left: [2, 3] });
  expect(people()).toEqual(['P1 in translation in translation (you)', 'Dave in translation']);
  expect(root.textContent).toContain('People (2)');
});

test('chat goes on after a browser has translated it', async () => {
  const { server } = await meeting();
  await open('chat');
  const say = (id: number, by: number, content: string) =>
    act(() => {
      const client = { ...author(by), name: `Writer ${by}` };
      server.tell('meeting.onChat', { roomId: 1012, id, userId: by, client, content, time: id });
    });
  const lines = () => texts('[data-testid="chat-message"]').map((line) => line?.replace(/\d+:\d+.*?M/, ' '));
  say(1, 2, 'Hola');
  translatePage();
  say(2, 3, 'Hallo');
  translatePage();
  say(3, 3, 'Ciao');
  expect(lines()).toEqual([
    expect.stringContaining('Hola in translation'),
    expect.stringContaining('Hallo in translation'),
    'Ciao',
  ]);
});

test('only what people wrote may be translated, and its direction is its own', async () => {
  await meeting();
  expect(document.documentElement.getAttribute('translate') ?? String(document.documentElement.translate)).toMatch(
    /no|false/,
  );
  const written = [...root.querySelectorAll('[translate]')];
  expect(new Set(written.map((each) => each.textContent))).toEqual(new Set(['Weekly', 'P1', 'Bob', 'Carol']));
  expect(new Set(written.map((each) => each.tagName))).toEqual(new Set(['BDI']));
});
