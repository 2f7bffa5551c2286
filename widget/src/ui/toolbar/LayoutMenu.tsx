import type { Signal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { type StageLayout, type StageView, stageLayouts } from '../../view/stage.ts';
import { useDismiss } from '../dismiss.ts';
import { useFullscreen } from '../fullscreen.ts';
import { GridIcon } from '../meetingIcons.tsx';
import { CheckIcon, FullscreenIcon, PairIcon, SpeakerViewIcon } from '../panelIcons.tsx';
import { usePip } from '../pip/usePip.ts';
import { useText } from '../text.ts';
import styles from './Toolbar.module.css';

type Props = {
  app: AppModel;
  stage: InstanceType<typeof StageView>;
  isOpen: Signal<boolean>;
  /** What opens the menu. */
  button: RefObject<HTMLElement | null>;
};

const icons: Record<StageLayout, () => JSX.Element> = { auto: PairIcon, grid: GridIcon, speaker: SpeakerViewIcon };

/** How the stage is arranged, whether one sees oneself, and full screen. */
export function LayoutMenu({ app, stage, isOpen, button }: Props) {
  const t = useText();
  const menu = useRef<HTMLDivElement>(null);
  const fullscreen = useFullscreen();
  const pip = usePip(app);
  useDismiss(isOpen, button);
  useEffect(() => menu.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus(), []);
  const move = (event: KeyboardEvent): void => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    const items = [...(menu.current?.querySelectorAll('button') ?? [])];
    const at = items.indexOf(document.activeElement as HTMLButtonElement);
    items.at((at + by) % items.length)?.focus();
  };
  return (
    <div
      ref={menu}
      class={`${styles.menu} ${styles.layouts}`}
      role="menu"
      aria-label={t('toolbar.layout')}
      data-testid="layout-menu"
      onKeyDown={move}
    >
      {stageLayouts.map((layout) => {
        const Icon = icons[layout];
        const isChosen = stage.layout.value === layout;
        return (
          <button
            key={layout}
            type="button"
            role="menuitemradio"
            aria-checked={isChosen}
            class={styles.button}
            data-testid={`layout-${layout}`}
            onClick={() => stage.arrange(layout)}
          >
            <Icon />
            <span class={styles.label}>{t(`layout.${layout}`)}</span>
            {isChosen ? <CheckIcon /> : <span />}
          </button>
        );
      })}
      <hr class={styles.line} />
      <button
        type="button"
        role="menuitemcheckbox"
        aria-checked={stage.isSelfHidden.value}
        class={styles.button}
        data-testid="hide-self"
        onClick={() => stage.hideSelf(!stage.isSelfHidden.value)}
      >
        <span />
        <span class={styles.label}>{t('layout.hideSelf')}</span>
        {stage.isSelfHidden.value ? <CheckIcon /> : <span />}
      </button>
      {pip && (
        <button
          type="button"
          role="menuitemcheckbox"
          aria-checked={pip.isOn}
          class={styles.button}
          data-testid="pip-toggle"
          onClick={pip.toggle}
        >
          <PairIcon />
          <span class={styles.label}>{t('layout.pip')}</span>
          {pip.isOn ? <CheckIcon /> : <span />}
        </button>
      )}
      {fullscreen && (
        <button
          type="button"
          role="menuitemcheckbox"
          aria-checked={fullscreen.isOn}
          class={styles.button}
          data-testid="fullscreen"
          onClick={fullscreen.toggle}
        >
          <FullscreenIcon />
          <span class={styles.label}>{t('layout.fullscreen')}</span>
          {fullscreen.isOn ? <CheckIcon /> : <span />}
        </button>
      )}
    </div>
  );
}
