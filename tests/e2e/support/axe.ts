import type { Frame } from '@playwright/test';
import axe from 'axe-core';
import { expect } from './expect.ts';

/** All rules; those of colours, which a theme decides; or the others, which structure, width and texts decide. */
export type Rules = 'all' | 'colours' | 'structure';

/** Rules broken inside the frame, by WCAG 2.2 A and AA. `looked`: a rule that says that something was there to look at. */
export const broken = async (
  frame: Frame,
  {
    rules = 'all',
    looked = rules === 'colours' ? 'color-contrast' : 'button-name',
  }: { rules?: Rules; looked?: string } = {},
): Promise<string[]> => {
  if (!(await frame.evaluate(() => 'axe' in globalThis))) await frame.evaluate(axe.source);
  const { passes, violations } = await frame.evaluate(async (which) => {
    // Colours in the middle of a transition have a contrast of their own; one that is inherited begins when the parent's has ended.
    const running = () =>
      document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    for (let some = running(); some.length > 0; some = running())
      await Promise.allSettled(some.map(({ finished }) => finished));
    const values = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const run = (globalThis as never as { axe: typeof axe }).axe.run;
    if (which === 'colours') return run(document, { runOnly: ['color-contrast'] });
    return run(document, {
      runOnly: { type: 'tag', values },
      rules: { 'color-contrast': { enabled: which === 'all' } },
    });
  }, rules);
  expect(passes.map(({ id }) => id)).toContain(looked);
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
};
