import { effect } from '@preact/signals';
import type { MeetingModel, Parts } from './meeting.ts';

/**
 * Makes a model of the meeting whose code is loaded with the screen that shows it. Called while a model of the screen is made, and
 * ends with that one.
 */
export const ofScreen = <Made extends Disposable>(
  meeting: Pick<MeetingModel, 'make'>,
  Model: new (parts: Parts) => Made,
): Made => {
  const made = meeting.make(Model);
  effect(() => () => made[Symbol.dispose]());
  return made;
};
