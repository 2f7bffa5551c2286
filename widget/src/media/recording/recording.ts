/** Recording in the browser: one chunk, loaded when a recording begins or may have been left behind. */
export { save } from './save.ts';
export { hold, leftovers } from './store.ts';
export { requireRecording, startTake } from './take.ts';
