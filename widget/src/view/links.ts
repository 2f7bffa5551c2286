export type Piece = { text: string; href?: string };

/** What looks like an address of the web; invisible characters and those that turn text are never part of one. */
const address = /https?:\/\/[^\s<>"'`{}|\\^\p{C}，。；：！？、（）《》“”‘’【】]+/giu;
/** Characters at the end that belong to the sentence. */
const trailing = /[.,;:!?*_~]+$/;

/** The end of an address in a sentence; a closing bracket belongs to it only if it was opened in it. */
const cut = (found: string): string => {
  const shorter = found.replace(trailing, '');
  const isOpen = shorter.split('(').length >= shorter.split(')').length;
  return shorter.endsWith(')') && !isOpen ? cut(shorter.slice(0, -1)) : shorter;
};

/** Only addresses that lead where they seem to: `https://bank.example@evil.example` names its host at its end. */
const hrefOf = (text: string): string | undefined => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isPlain = url && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return isPlain ? url.href : undefined;
};

/** Splits a text into plain pieces and links. */
export const splitLinks = (text: string): Piece[] => {
  const pieces: Piece[] = [];
  let end = 0;
  const plain = (until: number): void => {
    if (until > end) pieces.push({ text: text.slice(end, until) });
  };
  for (const { 0: found, index } of text.matchAll(address)) {
    const link = cut(found);
    const href = hrefOf(link);
    if (!href) continue;
    plain(index);
    pieces.push({ text: link, href });
    end = index + link.length;
  }
  plain(text.length);
  return pieces;
};
