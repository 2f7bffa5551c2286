import type { Emit } from '@meetframe/contract/api';
import { expect, test } from 'vitest';
import { outgoing } from './event.ts';

test('an event carries its number in front of the same text for everybody', () => {
  const event = outgoing('session.closing', { retryAfter: 5 });
  expect(event.text(7)).toBe('{"seq":7,"module":"session","method":"closing","retryAfter":5}');
  expect(JSON.parse(event.text())).toEqual({ module: 'session', method: 'closing', retryAfter: 5 });
});

test('one payload told to many is made into text once, but not again later, when it may have changed', async () => {
  const payload = { retryAfter: 5 };
  const event = outgoing('session.closing', payload);
  expect(outgoing('session.closing', payload)).toBe(event);
  expect(outgoing('session.closing', { ...payload })).not.toBe(event);
  await Promise.resolve();
  expect(outgoing('session.closing', payload)).not.toBe(event);
});

test('loudness is volatile, what must not be missed is not', () => {
  expect(outgoing('meeting.speakers', { active: null, speakers: [] }).isVolatile).toBe(true);
  expect(outgoing('session.closing', { retryAfter: 5 }).isVolatile).toBe(false);
});

test('types: an event that no table has, or a field that its row does not have, does not compile', () => {
  const emit: Emit = () => undefined;
  emit('session.closing', { retryAfter: 1 });
  // @ts-expect-error there is no such event
  emit('session.closed', { retryAfter: 1 });
  // @ts-expect-error no such field
  emit('session.closing', { retryAfter: 1, reason: 'night' });
  // @ts-expect-error a field of another type
  emit('session.closing', { retryAfter: 'soon' });
  // @ts-expect-error a field is missing
  emit('session.closing', {});
});
