/** A time that was spent, in hours and minutes as one says it: `1 hour 5 minutes`; `undefined` below one minute. */
export const stayedText = (milliseconds: number, locale: string): string | undefined => {
  const minutes = Math.floor(milliseconds / 60_000);
  const say = (value: number, unit: 'hour' | 'minute') =>
    value > 0 ? [new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value)] : [];
  const parts = [...say(Math.floor(minutes / 60), 'hour'), ...say(minutes % 60, 'minute')];
  return parts.length > 0 ? parts.join(' ') : undefined;
};
