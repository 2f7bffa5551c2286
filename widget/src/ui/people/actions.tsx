import type { TextKey, Translate } from '../../view/i18n.ts';
import type { PersonAction } from '../../view/moderating.ts';
import type { MenuItem } from '../controls/Menu.tsx';
import { type Icon, MicIcon, MicOffIcon } from '../icons.tsx';
import { ChatIcon, HandIcon } from '../meetingIcons.tsx';
import { EditIcon, RemoveIcon, StarIcon } from '../panelIcons.tsx';

const faces: Record<PersonAction['kind'], { text: TextKey; icon: Icon; isGrave?: true }> = {
  mute: { text: 'action.mute', icon: MicOffIcon },
  askUnmute: { text: 'action.askUnmute', icon: MicIcon },
  lowerHand: { text: 'action.lowerHand', icon: HandIcon },
  write: { text: 'action.write', icon: ChatIcon },
  makeModerator: { text: 'action.makeModerator', icon: StarIcon },
  rename: { text: 'action.rename', icon: EditIcon },
  remove: { text: 'action.remove', icon: RemoveIcon, isGrave: true },
};

/** What can be done to a participant, as the items of a menu. */
export const menuItems = (actions: readonly PersonAction[], t: Translate): MenuItem[] =>
  actions.map(({ kind, run }) => {
    const { text, icon, isGrave = false } = faces[kind];
    return { label: t(text), icon, isGrave, testId: `action-${kind}`, run };
  });
