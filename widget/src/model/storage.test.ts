// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest';
import { createPageStorage } from './storage.ts';

beforeEach(() => localStorage.clear());

test('stored values are there for the next visit, until they are removed', () => {
  createPageStorage(() => localStorage).keepSID('secret');
  expect(createPageStorage(() => localStorage).SID()).toBe('secret');
  createPageStorage(() => localStorage).keepSID(undefined);
  expect(createPageStorage(() => localStorage).SID()).toBeUndefined();
  expect(localStorage.length).toBe(0);
});

test('a browser that refuses to store values causes no error', () => {
  const storage = createPageStorage(() => {
    throw new DOMException('denied', 'SecurityError');
  });
  expect(() => storage.keepSID('secret')).not.toThrow();
  expect(storage.SID()).toBeUndefined();
  expect(storage.preferences()).toEqual({});
  expect(() => storage.prefer({ theme: 'dark' })).not.toThrow();
});

test('preferences are stored one by one, and invalid stored values are ignored', () => {
  const storage = createPageStorage(() => localStorage);
  storage.prefer({ locale: 'zh-CN' });
  storage.prefer({ theme: 'dark' });
  expect(storage.preferences()).toEqual({ locale: 'zh-CN', theme: 'dark' });
  localStorage.setItem('meetframe.preferences', '{"locale":"xx","theme":"pink"}');
  expect(storage.preferences()).toEqual({});
  localStorage.setItem('meetframe.preferences', 'no JSON');
  expect(storage.preferences()).toEqual({});
});

test('a sign-in on another tab is reported, a sign-out there is not', () => {
  const heard = vi.fn();
  const stop = createPageStorage(() => localStorage).onSID(heard);
  dispatchEvent(new StorageEvent('storage', { key: 'meetframe.SID', newValue: 'other' }));
  dispatchEvent(new StorageEvent('storage', { key: 'meetframe.SID', newValue: null }));
  dispatchEvent(new StorageEvent('storage', { key: 'elsewhere', newValue: 'x' }));
  stop();
  dispatchEvent(new StorageEvent('storage', { key: 'meetframe.SID', newValue: 'later' }));
  expect(heard.mock.calls).toEqual([['other']]);
});
