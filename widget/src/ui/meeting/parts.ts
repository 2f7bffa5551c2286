import type { ComponentType } from 'preact';
import { later } from '../later.tsx';

const load = () => import('./onDemand.ts');
const parts: { foresee: () => void }[] = [];
const part = <Props extends object>(
  choose: (chunk: Awaited<ReturnType<typeof load>>) => ComponentType<Props>,
): ComponentType<Props> => {
  const made = later(() => load().then(choose));
  parts.push(made);
  return made;
};

/** The parts of `onDemand.ts`, each shown as soon as it is there. */
export const Chat = part((chunk) => chunk.Chat);
export const Dialogs = part((chunk) => chunk.Dialogs);
export const InviteCard = part((chunk) => chunk.InviteCard);
export const LayoutMenu = part((chunk) => chunk.LayoutMenu);
export const People = part((chunk) => chunk.People);
export const ReactionPicker = part((chunk) => chunk.ReactionPicker);
export const Settings = part((chunk) => chunk.Settings);
export const ShareBar = part((chunk) => chunk.ShareBar);
export const ShareNotices = part((chunk) => chunk.ShareNotices);
export const ShownReactions = part((chunk) => chunk.ShownReactions);
export const TileMenu = part((chunk) => chunk.TileMenu);
export const Toasts = part((chunk) => chunk.Toasts);

export const foreseeParts = (): void => {
  for (const { foresee } of parts) foresee();
};
