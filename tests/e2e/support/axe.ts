import type { Frame } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './expect.ts';

/** Rules broken inside the frame, by WCAG 2.2 A and AA. `looked`: a rule that says that something was there to look at. */
export const broken = async (frame: Frame, looked = 'button-name'): Promise<string[]> => {
  if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(axe.source);
  const { passes, violations } = await frame.evaluate(async () => {
    // Colours in the middle of a transition have a contrast of their own. Endless animations, such as a spinner's, are no colours.
    const ends = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ends.map(({ finished }) => finished));
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    return (globalThis as never as { axe: typeof axe }).axe.run(document, { runOnly: { type: 'tag', values } });
  });
  expect(passes.map(({ id }) => id)).toContain(looked);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};
