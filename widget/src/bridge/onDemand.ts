/** What runs the methods that the widget answers by itself, and the rows by which it checks their input: a chunk of its own. */
export { createLateOverrides } from './lateOverrides.ts';
export { createHandlers } from './local.ts';
export { createOwn } from './own.ts';
