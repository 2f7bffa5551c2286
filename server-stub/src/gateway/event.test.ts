import type { Emit } from '@meetframe/contract/api';
import { expect, test } from 'vitest';
import { outgoing } from './event.ts';

test('all devices get the same text of an event, with their own number in front', () => {
  const event = outgoing('session.closing', { retryAfter: 5 });
  expect(event.text(7)).toBe('{"seq":7,"module":"session","method":"closing","retryAfter":5}');
  expect(JSON.parse(event.text())).toEqual({ module: 'session', method: 'closing', retryAfter: 5 });
});

test('a payload sent to many devices is serialised once, but again later, because it may have changed', async () => {
  const payload = { retryAfter: 5 };
  const event = outgoing('session.closing', payload);
  expect(outgoing('session.closing', payload)).toBe(event);
  expect(outgoing('session.closing', { ...payload })).not.toBe(event);
  await Promise.resolve();
  expect(outgoing('session.closing', payload)).not.toBe(event);
});

test('who speaks is a state, a reaction and an unfinished sentence are moments, and what must not be missed is neither', () => {
  expect(outgoing('meeting.speakers', { active: null, speakers: [] }).volatility).toBe('state');
  expect(outgoing('meeting.onReaction', { roomId: 1, reactions: [] }).volatility).toBe('moment');
  const said = { bg: '100', client: { id: 1, userId: null, name: 'Ann', pictureurl: null } };
  const spoken = (text: object) =>
    outgoing('meeting.onTranscription', { data: { bg: said.bg, ...text }, client: said.client });
  expect(spoken({ var: 'hello ev' }).volatility).toBe('moment');
  expect(spoken({ onebest: 'hello everybody', ed: '900' }).volatility).toBeUndefined();
  expect(outgoing('session.closing', { retryAfter: 5 }).volatility).toBeUndefined();
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
