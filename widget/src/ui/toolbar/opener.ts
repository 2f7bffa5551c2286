/** Properties of a `ToolbarButton` that opens a `ToolbarMenu`. In a narrow frame the click takes the button away, with the menu that it is in. */
export const opener = (menu: string, isNarrow: boolean) =>
  isNarrow ? { onClick: () => document.getElementById(menu)?.showPopover() } : { opens: menu };
