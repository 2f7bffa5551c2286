/** The handlers of the methods that the widget answers by itself, with the rows for checking their input: a chunk of its own. */
export { createLateOverrides } from './lateOverrides.ts';
export { createHandlers } from './local.ts';
export { createOwn } from './own.ts';
