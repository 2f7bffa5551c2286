// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const from = 'https://meet.example/app/assets/index-1.js';
const here = 'https://meet.example/app/assets/here-1.js';
const asked: string[] = [];
let answer: () => Response;
let preload: typeof import('./preload.ts').preload;

beforeEach(async () => {
  asked.length = 0;
  answer = () => new Response('');
  vi.stubGlobal('fetch', async (href: string) => {
    asked.push(href.slice(from.length - 'index-1.js'.length));
    return answer();
  });
  document.head.innerHTML = `<link rel="modulepreload" href="${here}">`;
  vi.resetModules();
  ({ preload } = await import('./preload.ts'));
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

test('Chromium imports at once, while the scripts are on the way', async () => {
  vi.stubGlobal('navigator', { userAgentData: {} });
  const links: HTMLLinkElement[] = [];
  vi.spyOn(document.head, 'append').mockImplementation((link) => void links.push(link as HTMLLinkElement));
  const files = ['./part-1.js', './shared-1.js', './here-1.js'];
  expect(await preload(async () => 'part', files, from)).toBe('part');
  expect(await preload(async () => 'again', files, from)).toBe('again');
  expect(asked).toEqual([]);
  expect(links.map(({ rel, href }) => [rel, href.slice(href.lastIndexOf('/') + 1)])).toEqual([
    ['modulepreload', 'part-1.js'],
    ['modulepreload', 'shared-1.js'],
  ]);
  // The import itself tries again, and so does a later preload.
  links[1]?.dispatchEvent(new Event('error'));
  await Promise.resolve();
  expect(await preload(async () => 'later', files, from)).toBe('later');
  expect(links.map(({ href }) => href.slice(href.lastIndexOf('/') + 1)).slice(2)).toEqual(['shared-1.js']);
});

test('a part is imported when all its files are here; each is fetched once', async () => {
  const files = ['./part-1.js', './shared-1.js', './here-1.js'];
  expect(await preload(async () => [...asked], files, from)).toEqual(['part-1.js', 'shared-1.js']);
  expect(await preload(async () => 'again', files, from)).toBe('again');
  expect(asked).toHaveLength(2);
});

test('a script that is missing is not imported, which Firefox would remember, and is fetched again', async () => {
  const load = vi.fn(async () => 'part');
  answer = () => new Response('', { status: 404 });
  await expect(preload(load, ['./part-1.js'], from)).rejects.toThrow('part-1.js: 404');
  expect(load).not.toHaveBeenCalled();
  answer = () => new Response('');
  expect(await preload(load, ['./part-1.js'], from)).toBe('part');
  expect(asked).toEqual(['part-1.js', 'part-1.js']);
});

test('a style sheet that did not load is taken out, and tried again', async () => {
  const links: HTMLLinkElement[] = [];
  // This environment loads none, and would say so by an error of its own.
  vi.spyOn(document.head, 'append').mockImplementation((link) => void links.push(link as HTMLLinkElement));
  const load = async () => 'part';
  const first = preload(load, ['./part-1.css'], from);
  const taken = vi.spyOn(links[0] as HTMLLinkElement, 'remove');
  links[0]?.dispatchEvent(new Event('error'));
  await expect(first).rejects.toThrow('part-1.css did not load');
  expect(taken).toHaveBeenCalled();
  const second = preload(load, ['./part-1.css'], from);
  links[1]?.dispatchEvent(new Event('load'));
  expect(await second).toBe('part');
  expect(links.map(({ rel, href }) => [rel, href])).toEqual(
    Array(2).fill(['stylesheet', new URL('./part-1.css', from).href]),
  );
});
