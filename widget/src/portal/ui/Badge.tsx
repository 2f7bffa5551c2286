import type { ComponentChildren } from 'preact';
import type { Icon } from '../../ui/icons.tsx';
import styles from './Badge.module.css';

type Props = { tone?: 'live' | 'brand' | 'bad'; icon?: Icon; children: ComponentChildren };

export function Badge({ tone, icon: Picture, children }: Props) {
  return (
    <span class={`${styles.badge} ${tone ? styles[tone] : ''}`}>
      {Picture && <Picture />}
      {children}
    </span>
  );
}
