import { hue, initials } from '../../view/person.ts';
import styles from './controls.module.css';
import { Picture } from './Picture.tsx';

const hues = [styles.hue0, styles.hue1, styles.hue2, styles.hue3, styles.hue4, styles.hue5];

type Props = { id: number; name: string; picture?: string | null; class?: string | undefined };

/** Somebody's picture, or initials on a colour that stays with the person. The name stands beside it: readers skip this. */
export function Avatar({ id, name, picture, class: className = '' }: Props) {
  return (
    <span class={`${styles.avatar} ${hues[hue(id)]} ${className}`} aria-hidden="true">
      {initials(name)}
      <Picture src={picture} class={styles.picture} />
    </span>
  );
}
