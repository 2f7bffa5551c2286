import type { ButtonHTMLAttributes } from 'preact';
import styles from './controls.module.css';

type Props = Omit<ButtonHTMLAttributes, 'class'> & {
  look?: 'primary' | 'quiet' | 'bare' | 'danger';
  isWide?: boolean;
  'data-testid'?: string;
};

export function Button({ look = 'quiet', isWide = false, type = 'button', ...rest }: Props) {
  return <button type={type} class={`${styles.button} ${styles[look]} ${isWide ? styles.wide : ''}`} {...rest} />;
}
