import { expect, test } from 'vitest';
import { type Listener, makeEvents } from './events.ts';

test('[3.25] a missing listener is refused, and the other listeners stay', () => {
  const heard: unknown[] = [];
  const { on, emit } = makeEvents(
    () => undefined,
    () => undefined,
  );
  on('onChat', (message) => heard.push(message));
  expect(() => on('onChat', undefined as unknown as Listener)).toThrow(
    expect.objectContaining({ code: 'INVALID_ARGUMENT' }),
  );
  emit('onChat', 'hello');
  expect(heard).toEqual(['hello']);
});
