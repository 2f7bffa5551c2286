/** An amount with its unit, in short: `3 hr`, `340 kB`. */
export const amountText = (locale: string, value: number, unit: string, fraction = 0): string =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits: fraction }).format(
    value,
  );

/** A number of bytes as people read it: `340 kB`, `3.4 MB`. */
export const bytesText = (bytes: number, locale: string): string => {
  if (bytes < 1000 ** 2) return amountText(locale, Math.max(bytes > 0 ? 1 : 0, bytes / 1000), 'kilobyte');
  const [size, unit] = bytes < 1000 ** 3 ? [bytes / 1000 ** 2, 'megabyte'] : [bytes / 1000 ** 3, 'gigabyte'];
  return amountText(locale, size as number, unit as string, 1);
};
