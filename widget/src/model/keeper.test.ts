// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { createKeeper } from './keeper.ts';

beforeEach(() => localStorage.clear());

test('what is kept is there for the next visit, until it is forgotten', () => {
  createKeeper(() => localStorage).keepSID('secret');
  expect(createKeeper(() => localStorage).SID()).toBe('secret');
  createKeeper(() => localStorage).keepSID(undefined);
  expect(createKeeper(() => localStorage).SID()).toBeUndefined();
  expect(localStorage.length).toBe(0);
});

test('a browser that refuses to store anything is borne', () => {
  const keeper = createKeeper(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect(() => keeper.keepSID('secret')).not.toThrow();
  expect(keeper.SID()).toBeUndefined();
  expect(keeper.preferences()).toEqual({});
  expect(() => keeper.prefer({ theme: 'dark' })).not.toThrow();
});

test('preferences are kept one by one, and nothing that somebody else wrote is believed', () => {
  const keeper = createKeeper(() => localStorage);
  keeper.prefer({ locale: 'zh-CN' });
  keeper.prefer({ theme: 'dark' });
  expect(keeper.preferences()).toEqual({ locale: 'zh-CN', theme: 'dark' });
  localStorage.setItem('meetframe.preferences', '{"locale":"xx","theme":"pink"}');
  expect(keeper.preferences()).toEqual({});
  localStorage.setItem('meetframe.preferences', 'no JSON');
  expect(keeper.preferences()).toEqual({});
});

test('a sign-in on another tab is heard, a sign-out there is not', () => {
  const heard = vi.fn();
  const stop = createKeeper(() => localStorage).onSID(heard);
  dispatchEvent(new StorageEvent('storage', { key: 'meetframe.SID', newValue: 'other' }));
  dispatchEvent(new StorageEvent('storage', { key: 'meetframe.SID', newValue: null }));
  dispatchEvent(new StorageEvent('storage', { key: 'elsewhere', newValue: 'x' }));
  stop();
  dispatchEvent(new StorageEvent('storage', { key: 'meetframe.SID', newValue: 'later' }));
  expect(heard.mock.calls).toEqual([['other']]);
});
