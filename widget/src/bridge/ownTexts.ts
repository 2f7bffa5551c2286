import type { OwnTexts } from '@meetframe/contract';
import { RTCPeerError } from '@meetframe/contract/error';
import { textParameters } from './textParameters.ts';

/**
 * Refuses a text that the interface does not have, or one with a placeholder that it does not fill, with `INVALID_ARGUMENT`.
 * `what` says whose argument it is, `field` where in it the texts are.
 */
export const checkTexts = (texts: OwnTexts, { what, field }: { what: string; field: string }): void => {
  for (const [locale, ofLocale] of Object.entries(texts))
    for (const [name, text] of Object.entries(ofLocale ?? {})) {
      const path = `${field}.${locale}.${name}`;
      const refuse = (problem: string, expected: string): never => {
        throw new RTCPeerError('INVALID_ARGUMENT', `${what}: ${path}: ${problem}.`, { field: path, expected });
      };
      if (!Object.hasOwn(textParameters, name)) refuse('unknown name', 'no such text');
      const known = textParameters[name] ?? [];
      const unknown = String(text)
        .match(/\{\w+\}/g)
        ?.find((placeholder) => !known.includes(placeholder));
      if (unknown) refuse(`${unknown} is not inserted here`, known.join(' ') || 'no placeholder');
    }
};
