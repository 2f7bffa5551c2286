import { chunkParts } from '../later.tsx';

const { part, foresee } = chunkParts(() => import('./onDemand.ts'));

/** The parts of `onDemand.ts`, each shown as soon as it is there. */
export const Dialogs = part((chunk) => chunk.Dialogs);
export const DropTarget = part((chunk) => chunk.DropTarget);
export const FollowedLog = part((chunk) => chunk.FollowedLog);
export const InviteCard = part((chunk) => chunk.InviteCard);
export const LayoutMenu = part((chunk) => chunk.LayoutMenu);
export const Menu = part((chunk) => chunk.Menu);
export const Notices = part((chunk) => chunk.Notices);
export const Panel = part((chunk) => chunk.Panel);
export const People = part((chunk) => chunk.People);
export const ReactionPicker = part((chunk) => chunk.ReactionPicker);
export const Settings = part((chunk) => chunk.Settings);
export const ShareBar = part((chunk) => chunk.ShareBar);
export const ShareNotices = part((chunk) => chunk.ShareNotices);
export const Shortcuts = part((chunk) => chunk.Shortcuts);
export const ShownReactions = part((chunk) => chunk.ShownReactions);
export const TileMenu = part((chunk) => chunk.TileMenu);
export const Toasts = part((chunk) => chunk.Toasts);

export const foreseeParts = foresee;
