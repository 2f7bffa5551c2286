import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useFocusKept } from '../useFocusKept.ts';
import styles from './Bars.module.css';

/** Bars over the stage for recordings and the user's own share. The region is always there, so that screen readers read new bars. */
export function Bars({ children }: { children: ComponentChildren }) {
  const region = useRef<HTMLDivElement>(null);
  useFocusKept(region);
  return (
    <div ref={region} class={styles.place} role="status" data-bars>
      {children}
    </div>
  );
}
