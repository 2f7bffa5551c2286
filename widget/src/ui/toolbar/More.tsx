import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import { useDismiss } from '../dismiss.ts';
import { MoreIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import { buttonClass } from './buttonClass.ts';
import bar from './Toolbar.module.css';
import styles from './ToolbarButton.module.css';

type Props = {
  /** Text for something new behind one of the buttons. */
  news: string | undefined;
  children: ComponentChildren;
};

/** A menu of the secondary buttons, where there is no space for all. */
export function More({ news, children }: Props) {
  const t = useText();
  const label = [t('toolbar.more'), news].filter(Boolean).join(': ');
  const isOpen = useSignal(false);
  const button = useRef<HTMLButtonElement>(null);
  useDismiss(isOpen, button);
  return (
    <div class={bar.more}>
      <button
        ref={button}
        type="button"
        class={buttonClass('plain')}
        data-testid="toolbar-more"
        aria-label={label}
        title={label}
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span class={styles.icon}>
          <MoreIcon />
          {news && <span class={styles.dot} aria-hidden="true" />}
        </span>
      </button>
      {isOpen.value && <div class={bar.menu}>{children}</div>}
    </div>
  );
}
