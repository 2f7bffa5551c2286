import { describe, expect, test } from 'vitest';
import { brandStyle } from './brandStyle.ts';

describe('a branding', () => {
  test.each([
    ['#2f5bea', '#fff'],
    ['#00205b', '#fff'],
    ['#ffd400', '#000'],
    ['#ffffff', '#000'],
  ])('text on %s is %s', (color, text) => {
    expect(brandStyle({ color })['--mf-on-brand']).toBe(text);
  });

  test('a light colour is darkened for text on light ground, and a dark one lightened on dark ground', () => {
    const share = (color: string, ground: 'light' | 'dark') =>
      Number.parseInt(brandStyle({ color })[`--mf-brand-on-${ground}`] ?? '', 10);
    expect(share('#ffd400', 'light')).toBeLessThan(share('#2f5bea', 'light'));
    expect(share('#00205b', 'dark')).toBeLessThan(share('#ffd400', 'dark'));
  });

  test('corners keep their proportions, and none is below 0', () => {
    expect(brandStyle({ radius: 0 })).toMatchObject({
      '--mf-radius': '0px',
      '--mf-radius-small': '0px',
      '--mf-radius-large': '0px',
    });
    expect(brandStyle({ radius: 8 })).toMatchObject({
      '--mf-radius': '8px',
      '--mf-radius-small': '6px',
      '--mf-radius-large': '10px',
    });
  });

  test('what is not given, or taken back, is the platform’s own', () => {
    for (const value of Object.values(brandStyle({ color: null }))) expect(value).toBeNull();
  });
});
