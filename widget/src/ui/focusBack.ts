/** Where the focus can go in each screen: to the button of the menu that something was in, to the title at home, to the stage. */
const homes = ['[data-testid=toolbar-more]', '[data-home-title]', '[data-stage]'];

/** Gives the focus to what had it before; where that is gone, to what is always there. */
export const focusBack = (before: Element | null | undefined): void => {
  const left = before instanceof HTMLElement && before.isConnected && before !== document.body ? before : undefined;
  const [home] = homes.flatMap((each) => document.querySelector<HTMLElement>(each) ?? []);
  (left ?? home)?.focus();
};
