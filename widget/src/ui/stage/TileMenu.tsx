import type { PersonAction } from '../../view/moderating.ts';
import { Menu } from '../controls/Menu.tsx';
import { MoreIcon } from '../meetingIcons.tsx';
import { menuItems } from '../people/actions.tsx';
import { useText } from '../text.ts';
import tile from './Stage.module.css';
import styles from './TileMenu.module.css';

type Props = { name: string; actions: readonly PersonAction[] };

/** What can be done to the participant of a tile. */
export function TileMenu({ name, actions }: Props) {
  const t = useText();
  if (actions.length === 0) return null;
  return (
    <Menu
      label={t('people.actions', { name })}
      testId="tile-menu"
      class={`${tile.over} ${styles.button}`}
      isPlain
      face={<MoreIcon />}
      items={menuItems(actions, t)}
    />
  );
}
