import { RTCPeerError } from '@meetframe/contract';
import { expect, test } from 'vitest';
import { closedBy } from './roomAddress.ts';

test('a room that cannot be entered says why: locked, removed from it, refused, not yet, over or unknown', () => {
  const reason = (code: 'FORBIDDEN' | 'ROOM_NOT_OPEN' | 'NOT_FOUND', details?: Record<string, unknown>) =>
    closedBy(new RTCPeerError(code, '', details))?.reason;
  expect(reason('ROOM_NOT_OPEN', { reason: 'locked' })).toBe('locked');
  expect(reason('ROOM_NOT_OPEN', { reason: 'refused' })).toBe('refused');
  expect(reason('ROOM_NOT_OPEN', { reason: 'finished' })).toBe('over');
  expect(reason('FORBIDDEN', { reason: 'removed' })).toBe('removed');
  expect(reason('ROOM_NOT_OPEN', { reason: 'early' })).toBe('early');
  expect(reason('ROOM_NOT_OPEN')).toBe('over');
  expect(reason('NOT_FOUND')).toBe('unknown');
  expect(reason('FORBIDDEN')).toBeUndefined();
});
