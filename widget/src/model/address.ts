import { type Locale, pastedNumber } from '@meetframe/contract';

/** The target of a link: a room (7.1), or an appointment by its id or its invite code (7.2). */
export type Target = { roomId: number } | { code: string };

/** What the address of the platform's own page says (chapter 7). A link is not trusted: it grants nothing. */
export type Address = {
  target: Target | undefined;
  /** Session id of a user whom a partner's back end, or this platform, signed on. */
  SID: string | undefined;
  /** The user whom the session id should belong to: the platform's id of the user, or the account. */
  uid: string | undefined;
  /** Name that the link proposes. */
  name: string | undefined;
  /** Whether the camera is to be on; `undefined` when the link does not say. */
  camera: boolean | undefined;
  locale: Locale | undefined;
};

const signOn = ['SID', 'uid'];

/** The part before the question mark, and the parameters. */
const split = (hash: string): [head: string, query: string] => {
  const at = hash.indexOf('?');
  return at < 0 ? [hash, ''] : [hash.slice(0, at + 1), hash.slice(at + 1)];
};

/** The digits of a number as people write or paste it; any other text stays as it is. */
const digits = (value: string | null): string | undefined =>
  value === null ? undefined : (pastedNumber(value)?.number ?? (value.trim() || undefined));

/** An id or an invite code. */
export const isNumber = (text: string): boolean => /^[1-9]\d{0,14}$/.test(text);

/**
 * Reads `#/?rd=1012&name=Ann&v=0`, also as the specification's examples write it: `#?role=1&rd= 6656`. `role` is not
 * read: the server decides who may moderate.
 */
export const readAddress = (hash: string): Address => {
  const query = new URLSearchParams(split(hash)[1]);
  const text = (key: string, longest: number) => query.get(key)?.trim().slice(0, longest) || undefined;
  const rd = digits(query.get('rd'));
  const code = digits(query.get('code'));
  // An invalid room number is taken as an unknown code, so that it leads to the screen for unknown meetings.
  const room = rd === undefined ? undefined : isNumber(rd) ? { roomId: Number(rd) } : { code: rd };
  const v = query.get('v')?.trim();
  const locale = query.get('locale');
  return {
    target: room ?? (code === undefined ? undefined : { code }),
    SID: text('SID', 2048),
    uid: text('uid', 100),
    name: text('name', 100),
    camera: v === '1' ? true : v === '0' ? false : undefined,
    locale: locale === 'zh-CN' || locale === 'en' ? locale : undefined,
  };
};

/** The same address without the sign-on; everything else is unchanged. */
export const withoutSignOn = (hash: string): string => {
  const [head, query] = split(hash);
  const kept = query.split('&').filter((pair) => !signOn.some((key) => new URLSearchParams(pair).has(key)));
  return `${head}${kept.join('&')}`;
};
