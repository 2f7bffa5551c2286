import { expect, test } from 'vitest';
import { RTCPeerError } from './error.ts';
import { errorCodes } from './errorCodes.ts';

test('every documented code stays the same across a boundary', () => {
  for (const code of Object.keys(errorCodes)) {
    const error = RTCPeerError.from({ code, message: 'why', details: { field: 'x' } });
    expect(error).toBeInstanceOf(RTCPeerError);
    expect(error.toJSON()).toEqual({ code, message: 'why', details: { field: 'x' } });
  }
});

test('a value that is no RTCPeerError becomes INTERNAL', () => {
  for (const strange of ['ENOENT', 'constructor', '', 7, null, undefined, { code: 'THROTTLED' }])
    expect(RTCPeerError.from({ code: strange, message: 'why' })).toMatchObject({ code: 'INTERNAL', message: 'why' });
  for (const thrown of ['text', undefined, null, new TypeError('text'), new DOMException('odd', 'NetworkError')])
    expect(RTCPeerError.from(thrown).code).toBe('INTERNAL');
  const own = new RTCPeerError('THROTTLED', 'wait');
  expect(RTCPeerError.from(own)).toBe(own);
});
