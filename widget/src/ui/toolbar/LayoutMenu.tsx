import type { Signal } from '@preact/signals';
import type { JSX, RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { type StageLayout, type StageView, stageLayouts } from '../../view/stage.ts';
import { MenuItem, MenuLine, moveInMenu } from '../controls/MenuItem.tsx';
import { useDismiss } from '../dismiss.ts';
import { useFullscreen } from '../fullscreen.ts';
import { CameraOffIcon } from '../icons.tsx';
import { GridIcon } from '../meetingIcons.tsx';
import { FullscreenIcon, PairIcon, PipIcon, SpeakerViewIcon } from '../panelIcons.tsx';
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

/** The menu for the layout of the stage, the user's own tile, and full screen. */
export function LayoutMenu({ app, stage, isOpen, button }: Props) {
  const t = useText();
  const menu = useRef<HTMLDivElement>(null);
  const fullscreen = useFullscreen();
  const pip = usePip(app);
  useDismiss(isOpen, button);
  useEffect(() => menu.current?.querySelector<HTMLElement>('[aria-checked="true"]')?.focus(), []);
  return (
    <div
      ref={menu}
      class={`${styles.menu} ${styles.layouts}`}
      role="menu"
      aria-label={t('toolbar.layout')}
      data-testid="layout-menu"
      onKeyDown={moveInMenu}
    >
      {stageLayouts.map((layout) => (
        <MenuItem
          key={layout}
          icon={icons[layout]}
          testId={`layout-${layout}`}
          isChosen={stage.layout.value === layout}
          isOneOf
          run={() => stage.arrange(layout)}
        >
          {t(`layout.${layout}`)}
        </MenuItem>
      ))}
      <MenuLine />
      <MenuItem
        icon={CameraOffIcon}
        testId="hide-self"
        isChosen={stage.isSelfHidden.value}
        run={() => stage.hideSelf(!stage.isSelfHidden.value)}
      >
        {t('layout.hideSelf')}
      </MenuItem>
      {pip && (
        <MenuItem icon={PipIcon} testId="pip-toggle" isChosen={pip.isOn} run={pip.toggle}>
          {t('layout.pip')}
        </MenuItem>
      )}
      {fullscreen && (
        <MenuItem icon={FullscreenIcon} testId="fullscreen" isChosen={fullscreen.isOn} run={fullscreen.toggle}>
          {t('layout.fullscreen')}
        </MenuItem>
      )}
    </div>
  );
}
