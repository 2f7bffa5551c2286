import { everyText } from '../locales/every.ts';

/**
 * The placeholders of each text of the interface, such as `{name}`, by the text's name. The build of the widget computes this
 * beforehand (`widget/build.ts`), so that the texts themselves stay out.
 */
export const textParameters: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(everyText('en')).map(([name, text]) => [name, text.match(/\{\w+\}/g) ?? []]),
);
