import { type Address, readAddress, withoutSignOn } from './model/address.ts';
import type { SignOn } from './model/identity.ts';

const key = 'meetframe.signOn';

/** The browser may block storage. Then a sign-on is lost on a reload, and everything else works. */
const quietly = <T>(act: () => T): T | undefined => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

/**
 * Keeps the sign-on of the address in this tab, so that a reload does not make a moderator a guest. Not for the next
 * visit, which may be by another person.
 */
export const keepSignOn = (signOn: SignOn | undefined): void =>
  void quietly(() => (signOn ? sessionStorage.setItem(key, JSON.stringify(signOn)) : sessionStorage.removeItem(key)));

const keptSignOn = (): Partial<SignOn> => {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  if (visit?.type === 'reload') return quietly(() => JSON.parse(sessionStorage.getItem(key) ?? '{}')) ?? {};
  keepSignOn(undefined);
  return {};
};

/**
 * Reads the page's address and removes the session id and user of a sign-on from the address and the history, so that
 * they are not visible on the screen, in a copied link or on going back. Browsers send the part after `#` neither to a
 * server nor in a `Referer`.
 */
export const takeAddress = (): Address => {
  const { hash } = location;
  const rest = withoutSignOn(hash);
  if (rest !== hash) history.replaceState(history.state, '', `${location.pathname}${location.search}${rest}`);
  return readAddress(hash);
};

const taken = takeAddress();

/** Read while the page's modules load, before anything connects or is shown. */
export const firstAddress: Address = taken.SID ? taken : { ...taken, ...keptSignOn() };
