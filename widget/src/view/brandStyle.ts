import type { Brand } from '@meetframe/contract';

type Rgb = readonly [number, number, number];
const black: Rgb = [0, 0, 0];
const white: Rgb = [255, 255, 255];

/** Relative luminance and contrast of WCAG 2.2. */
const luminance = (rgb: Rgb): number => {
  const [r, g, b] = rgb.map((part) => {
    const value = part / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
};
const contrast = (a: Rgb, b: Rgb): number => {
  const [x, y] = [luminance(a), luminance(b)];
  return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05);
};
const mix = (a: Rgb, b: Rgb, share: number): Rgb =>
  a.map((value, index) => value * share + (b[index] ?? 0) * (1 - share)) as unknown as Rgb;

/** How much of a colour is in text that reads well on `ground`, in percent. A little more contrast than the 4.5 that it needs. */
const shareFor = (colour: Rgb, towards: Rgb, ground: Rgb): string => {
  let share = 0.9;
  while (share > 0 && contrast(mix(colour, towards, share), ground) < 5.2) share -= 0.05;
  return `${Math.round(share * 100)}%`;
};

/** The style variables of a branding (`tokens.css`); those that are `null` are the platform's own. */
export const brandStyle = ({ color, radius, font }: Brand): Record<string, string | null> => {
  const rgb = color
    ? ([1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16)) as unknown as Rgb)
    : undefined;
  const corner = (more: number) => (typeof radius === 'number' ? `${Math.max(0, radius && radius + more)}px` : null);
  return {
    '--mf-brand': color ?? null,
    '--mf-on-brand': rgb ? (contrast(rgb, white) >= contrast(rgb, black) ? '#fff' : '#000') : null,
    '--mf-brand-on-light': rgb ? shareFor(rgb, black, white) : null,
    '--mf-brand-on-dark': rgb ? shareFor(rgb, white, [30, 35, 44]) : null,
    '--mf-radius': corner(0),
    '--mf-radius-small': corner(-2),
    '--mf-radius-large': corner(2),
    '--mf-font': font ?? null,
  };
};
