import { hue, initials } from '../../view/person.ts';
import styles from './controls.module.css';

const hues = [styles.hue0, styles.hue1, styles.hue2, styles.hue3, styles.hue4, styles.hue5];

/** Initials on a colour that stays with the person. The name stands beside it, so that readers skip this. */
export function Avatar({ id, name, class: className = '' }: { id: number; name: string; class?: string | undefined }) {
  return (
    <span class={`${styles.avatar} ${hues[hue(id)]} ${className}`} aria-hidden="true">
      {initials(name)}
    </span>
  );
}
