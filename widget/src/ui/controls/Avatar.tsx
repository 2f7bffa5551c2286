import { hue, initials } from '../../view/person.ts';
import styles from './controls.module.css';
import { Picture } from './Picture.tsx';

const hues = [styles.hue0, styles.hue1, styles.hue2, styles.hue3, styles.hue4, styles.hue5];

type Props = { id: number; name: string; picture?: string | null; class?: string | undefined };

/**
 * A person's picture, or initials on a colour that is always the same for this person. Hidden from screen readers,
 * because the name is beside it.
 */
export function Avatar({ id, name, picture, class: className = '' }: Props) {
  return (
    <span class={`${styles.avatar} ${hues[hue(id)]} ${className}`} aria-hidden="true">
      {initials(name)}
      <Picture src={picture} class={styles.picture} />
    </span>
  );
}
