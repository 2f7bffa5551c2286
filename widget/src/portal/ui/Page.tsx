import type { ComponentChildren } from 'preact';
import styles from './Page.module.css';

type Props = {
  title: string;
  sub: ComponentChildren;
  /** At the end of the head. */
  tools?: ComponentChildren;
  children: ComponentChildren;
};

/** A section of the home screen: its head, then its content. */
export function Page({ title, sub, tools, children }: Props) {
  return (
    <div class={styles.page}>
      <header class={styles.head}>
        <div>
          {/* Gets the focus when the section changes, and when a dialog closes whose opener is gone. */}
          <h1 class={styles.heading} tabIndex={-1} data-home-title>
            {title}
          </h1>
          {sub && <p class={styles.sub}>{sub}</p>}
        </div>
        {tools && <div class={styles.tools}>{tools}</div>}
      </header>
      {children}
    </div>
  );
}
