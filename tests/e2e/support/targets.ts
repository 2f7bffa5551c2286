import type { Page } from '@playwright/test';

/** Side of a target for fingers, in CSS pixels. */
const finger = 44;

/** What can be pressed on the page and is smaller than a finger needs, or sticks out of the page sideways. Links within a text may be small. */
export const poorTargets = (page: Page): Promise<string[]> =>
  page.evaluate((least) => {
    const top = document.querySelector('dialog:modal, :popover-open') ?? document;
    const all = top.querySelectorAll<HTMLElement>('button, a[href], input, select, textarea, summary');
    const found = [...all].flatMap((each) => {
      const style = getComputedStyle(each);
      const pressed = each.matches('[type=checkbox], [type=radio]') ? (each.closest('label') ?? each) : each;
      const { width, height, left, right } = pressed.getBoundingClientRect();
      // Hidden ones, and those that a label stands for.
      if (width < 2 || style.pointerEvents === 'none' || style.visibility === 'hidden') return [];
      if (each.closest('[inert], p a') || style.clipPath !== 'none') return [];
      const grown = getComputedStyle(each, '::before');
      const isSmall = (side: 'width' | 'height', own: number) =>
        Math.max(own, Number.parseFloat(grown[side]) || 0) < least - 0.5;
      const isOut = left < -1 || right > innerWidth + 1;
      const name = each.dataset.testid ?? each.ariaLabel ?? each.textContent;
      return isSmall('width', width) || isSmall('height', height) || isOut
        ? [`${name} ${Math.round(width)} × ${Math.round(height)} at ${Math.round(left)}`]
        : [];
    });
    return document.documentElement.scrollWidth > innerWidth + 1 ? [...found, 'the page scrolls sideways'] : found;
  }, finger);
