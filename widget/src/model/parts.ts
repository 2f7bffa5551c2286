import { type Ui, type UiPart, ui as uiSchema } from '@meetframe/contract';

/** The other parts are in the toolbar and hidden with it. */
const outsideToolbar: readonly UiPart[] = ['header', 'toolbar', 'names', 'invite', 'captions'];
const { bare: _bare, buttons: _buttons, texts: _texts, ...shape } = uiSchema.shape;
const allParts = Object.keys(shape) as UiPart[];

/** Which parts of the interface exist; `isBare`: none of them, nor notices or buttons on tiles. */
export type Parts = Record<UiPart, boolean> & { isBare: boolean };
export const partsOf = ({ bare = false, ...given }: Ui): Parts => {
  const exists = (part: UiPart): boolean => !bare && given[part] !== false;
  const isThere = (part: UiPart): boolean => exists(part) && (outsideToolbar.includes(part) || exists('toolbar'));
  const parts = allParts.map((part) => [part, isThere(part)]);
  return { ...(Object.fromEntries(parts) as Record<UiPart, boolean>), isBare: bare };
};
