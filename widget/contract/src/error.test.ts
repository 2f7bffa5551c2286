import { expect, test } from 'vitest';
import { RTCPeerError } from './error.ts';

test.each([
  [{ code: 'FORBIDDEN', message: 'no' }, 'FORBIDDEN'],
  [new DOMException('odd', 'UnknownError'), 'INTERNAL'],
  [new DOMException('odd', 'NetworkError'), 'INTERNAL'],
  ['odd', 'INTERNAL'],
  [undefined, 'INTERNAL'],
])('%o becomes %s', (cause, code) => {
  expect(RTCPeerError.from(cause).code).toBe(code);
});
