import { describe, expect, test } from 'vitest';
import { isNumber, readAddress, withoutSignOn } from './address.ts';

const nothing = {
  target: undefined,
  SID: undefined,
  uid: undefined,
  name: undefined,
  camera: undefined,
  locale: undefined,
};

describe('[7.1] [7.2] the address', () => {
  test.each([
    ['', nothing],
    ['#/', nothing],
    ['#/?', nothing],
    ['#/?rd=1012', { ...nothing, target: { roomId: 1012 } }],
    // Both as the specification writes them.
    ['#?role=1&rd= 6656&name=小明', { ...nothing, target: { roomId: 6656 }, name: '小明' }],
    ['#/?role=1&code=6656&name=小明', { ...nothing, target: { code: '6656' }, name: '小明' }],
    // The same after a browser has encoded it.
    [
      '#?role=1&rd=%206656&name=%E5%B0%8F%E6%98%8E&v=0',
      { ...nothing, target: { roomId: 6656 }, name: '小明', camera: false },
    ],
    // As people paste it into the address bar.
    ['#/?code=１２３４５６７８９０。', { ...nothing, target: { code: '1234567890' } }],
    ['#/?code=%E2%80%8B1234567890).', { ...nothing, target: { code: '1234567890' } }],
    ['#/?code=Code: 123-456-7890', { ...nothing, target: { code: '1234567890' } }],
    ['#/?rd=1012.', { ...nothing, target: { roomId: 1012 } }],
    ['#/?code=123 456 7890&v=1', { ...nothing, target: { code: '1234567890' }, camera: true }],
    [
      '#/?rd=1&SID=a-b_c&uid=7&locale=en&v=2',
      { ...nothing, target: { roomId: 1 }, SID: 'a-b_c', uid: '7', locale: 'en' },
    ],
    // If both are given, the room counts.
    ['#/?code=5&rd=6', { ...nothing, target: { roomId: 6 } }],
    ['#/?rd=&code=5', { ...nothing, target: { code: '5' } }],
  ])('%s', (hash, expected) => expect(readAddress(hash)).toEqual(expected));

  test.each(['abc', '-1', '1.5', '1e4', '0x10', '<b>', '0', '9'.repeat(16)])('rd=%s names no room', (rd) => {
    expect(readAddress(`#/?rd=${rd}`).target).toEqual({ code: rd });
    expect(isNumber(rd)).toBe(false);
  });

  test('a long name is cut', () => {
    expect(readAddress(`#/?rd=1&name=${'x'.repeat(5000)}`).name).toHaveLength(100);
  });
});

describe('removing the sign-on', () => {
  test.each([
    ['#/?SID=secret&rd=1012&uid=7&name=小明', '#/?rd=1012&name=小明'],
    ['#?role=1&rd= 6656&SID=secret', '#?role=1&rd= 6656'],
    ['#/?SID=secret', '#/?'],
    ['#/?S%49D=secret&rd=1', '#/?rd=1'],
    ['#/?rd=1&SID=one&SID=two', '#/?rd=1'],
    ['#/?rd=1&name=SID', '#/?rd=1&name=SID'],
    ['#/?rd=1', '#/?rd=1'],
    ['', ''],
  ])('%s becomes %s', (hash, expected) => expect(withoutSignOn(hash)).toBe(expected));
});
