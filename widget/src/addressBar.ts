import { type Address, readAddress, withoutSignOn } from './model/address.ts';
import type { SignOn } from './model/identity.ts';

const key = 'meetframe.signOn';

/** Storage may be blocked; then a sign-on is gone with the page, and nothing else changes. */
const quietly = <T>(act: () => T): T | undefined => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

/**
 * Who signed on by the address, for as long as this tab shows this page: a reload must not make a guest of whoever moderates.
 * Not for the next visit, which may be somebody else's.
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
 * Reads the page's address and takes out of it, and of the history, who signs on: nobody who looks at the screen, copies
 * the link or goes back finds it. What follows the `#` never leaves the browser, so no server and no `Referer` had it.
 */
export const takeAddress = (): Address => {
  const { hash } = location;
  const rest = withoutSignOn(hash);
  if (rest !== hash) history.replaceState(history.state, '', `${location.pathname}${location.search}${rest}`);
  return readAddress(hash);
};

const taken = takeAddress();

/** Taken while the page's modules load, before anything connects or is shown. */
export const firstAddress: Address = taken.SID ? taken : { ...taken, ...keptSignOn() };
