import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useFocusKept } from '../useFocusKept.ts';
import styles from './Bars.module.css';

/** Over the stage: what is recorded or goes out from this device, and how to end it. Always there, so that screen readers read it. */
export function Bars({ children }: { children: ComponentChildren }) {
  const region = useRef<HTMLDivElement>(null);
  useFocusKept(region);
  return (
    <div ref={region} class={styles.place} role="status" data-bars>
      {children}
    </div>
  );
}
