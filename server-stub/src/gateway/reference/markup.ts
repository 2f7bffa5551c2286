/** Text that is HTML already. */
export type Markup = { readonly markup: string };

type Part = Markup | string | number | undefined | false | readonly Part[];

const escaped: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const asText = (text: string): string => text.replace(/[&<>"']/g, (sign) => escaped[sign] as string);

const render = (part: Part): string => {
  if (part === undefined || part === false) return '';
  if (Array.isArray(part)) return part.map(render).join('');
  return typeof part === 'object' ? (part as Markup).markup : asText(String(part));
};

/** A template of HTML: inserted values are escaped, except markup that these functions made. */
export const html = (strings: TemplateStringsArray, ...parts: Part[]): Markup => ({
  markup: String.raw({ raw: strings }, ...parts.map(render)),
});

/** The few signs of Markdown that the contract's texts use: paragraphs, `code` and **bold**. */
export const prose = (text: string): Markup[] =>
  text.split('\n\n').map((paragraph) => ({
    markup: `<p>${asText(paragraph)
      .replace(/`([^`]+)`/g, '<code>$1</code>')
      .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')}</p>`,
  }));
/** The same without the paragraph around it. */
export const phrase = (text: string): Markup => ({
  markup: (prose(text)[0]?.markup ?? '').replace(/^<p>|<\/p>$/g, ''),
});
