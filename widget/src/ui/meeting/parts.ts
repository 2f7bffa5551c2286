import { later } from '../later.tsx';

const load = () => import('./onDemand.ts');

/** The parts of `onDemand.ts`, each shown as soon as it is there. */
export const Chat = later(() => load().then((module) => module.Chat));
export const Dialogs = later(() => load().then((module) => module.Dialogs));
export const InviteCard = later(() => load().then((module) => module.InviteCard));
export const LayoutMenu = later(() => load().then((module) => module.LayoutMenu));
export const People = later(() => load().then((module) => module.People));
export const ReactionPicker = later(() => load().then((module) => module.ReactionPicker));
export const Settings = later(() => load().then((module) => module.Settings));
export const ShownReactions = later(() => load().then((module) => module.ShownReactions));
export const TileMenu = later(() => load().then((module) => module.TileMenu));
export const Toasts = later(() => load().then((module) => module.Toasts));

export const foreseeParts = (): void => {
  for (const part of [
    Chat,
    Dialogs,
    InviteCard,
    LayoutMenu,
    People,
    ReactionPicker,
    Settings,
    ShownReactions,
    TileMenu,
    Toasts,
  ])
    part.foresee();
};
