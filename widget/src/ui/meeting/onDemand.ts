import '../../view/panelTexts.ts';

/** Panels, dialogs and bars over and beside the stage: one chunk, which is fetched once the meeting is shown. */
export { ShareBar } from '../bars/ShareBar.tsx';
export { DropTarget } from '../chat/DropTarget.tsx';
export { Menu } from '../controls/Menu.tsx';
export { FollowedLog } from '../FollowedLog.tsx';
export { People } from '../people/People.tsx';
export { Settings } from '../settings/Settings.tsx';
export { ShownReactions } from '../stage/ShownReactions.tsx';
export { TileMenu } from '../stage/TileMenu.tsx';
export { LayoutMenu } from '../toolbar/LayoutMenu.tsx';
export { ReactionPicker } from '../toolbar/ReactionPicker.tsx';
export { Dialogs } from './Dialogs.tsx';
export { InviteCard } from './Invite.tsx';
export { Notices } from './Notices.tsx';
export { Panel } from './Panel.tsx';
export { ShareNotices } from './ShareNotices.tsx';
export { Shortcuts } from './Shortcuts.tsx';
export { Toasts } from './Toasts.tsx';
