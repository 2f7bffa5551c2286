import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { PanelsView } from '../../view/panels.ts';
import type { ShareView } from '../../view/share.ts';
import type { StageView } from '../../view/stage.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import {
  CameraIcon,
  CameraOffIcon,
  ChatIcon,
  GridIcon,
  LeaveIcon,
  MicIcon,
  MicOffIcon,
  PeopleIcon,
  SettingsIcon,
} from '../icons.tsx';
import { useNarrow, useTiny } from '../media.ts';
import { useText } from '../text.ts';
import { LayoutMenu } from './LayoutMenu.tsx';
import { More } from './More.tsx';
import { ShareButton } from './ShareButton.tsx';
import styles from './Toolbar.module.css';
import { ToolbarButton } from './ToolbarButton.tsx';

type Props = {
  toolbar: InstanceType<typeof ToolbarView>;
  stage: InstanceType<typeof StageView>;
  share: InstanceType<typeof ShareView>;
  panels: InstanceType<typeof PanelsView>;
  unread: number;
  count: number;
};

export function Toolbar({ toolbar, stage, share, panels, unread, count }: Props) {
  const t = useText();
  const isNarrow = useNarrow();
  const isTiny = useTiny();
  const microphone = toolbar.microphone.value;
  const camera = toolbar.camera.value;
  const panel = panels.panel.value;
  const isLayoutOpen = useSignal(false);
  const layoutButton = useRef<HTMLButtonElement>(null);
  const chatUnread = unread > 0 ? t('toolbar.chatUnread', { count: unread }) : undefined;
  const chat = (
    <ToolbarButton
      testId="toggle-chat"
      icon={<ChatIcon />}
      label={t('toolbar.chat')}
      name={chatUnread}
      badge={unread || undefined}
      isBadgeNews
      isPressed={panel === 'chat'}
      onClick={() => panels.toggle('chat')}
    />
  );
  const secondary = (
    <>
      {isTiny && chat}
      {isNarrow && <ShareButton view={share} />}
      <ToolbarButton
        testId="toggle-people"
        icon={<PeopleIcon />}
        label={t('toolbar.people')}
        badge={isNarrow ? undefined : count}
        isPressed={panel === 'people'}
        onClick={() => panels.toggle('people')}
      />
      <ToolbarButton
        testId="toggle-layout"
        icon={<GridIcon />}
        label={t('toolbar.layout')}
        isExpanded={isLayoutOpen.value}
        buttonRef={layoutButton}
        onClick={() => {
          isLayoutOpen.value = !isLayoutOpen.value;
        }}
      />
      <ToolbarButton
        testId="open-settings"
        icon={<SettingsIcon />}
        label={t('toolbar.settings')}
        onClick={panels.openSettings}
      />
    </>
  );
  return (
    <footer class={styles.bar} data-theme="dark">
      {/* biome-ignore lint/a11y/useSemanticElements: a toolbar is not a fieldset. */}
      <div class={styles.toolbar} role="group" aria-label={t('toolbar.label')}>
        <div class={styles.group}>
          <ToolbarButton
            testId="toggle-mic"
            icon={microphone.isOn ? <MicIcon /> : <MicOffIcon />}
            label={t('device.microphone')}
            tooltip={t(microphone.isOn ? 'toolbar.mute' : 'toolbar.unmute')}
            isPressed={microphone.isOn}
            look={microphone.isOn ? 'on' : 'off'}
            isWarning={microphone.hasProblem}
            onClick={microphone.toggle}
          />
          {camera && (
            <ToolbarButton
              testId="toggle-camera"
              icon={camera.isOn ? <CameraIcon /> : <CameraOffIcon />}
              label={t('device.camera')}
              tooltip={t(camera.isOn ? 'toolbar.cameraOff' : 'toolbar.cameraOn')}
              isPressed={camera.isOn}
              look={camera.isOn ? 'on' : 'off'}
              isWarning={camera.hasProblem}
              onClick={camera.toggle}
            />
          )}
          {!isNarrow && <ShareButton view={share} />}
          {!isTiny && chat}
          {isNarrow ? <More news={isTiny ? chatUnread : undefined}>{secondary}</More> : secondary}
        </div>
        <ToolbarButton
          testId="leave"
          icon={<LeaveIcon />}
          label={t('toolbar.leave')}
          look="leave"
          onClick={toolbar.leave}
        />
        {isLayoutOpen.value && <LayoutMenu stage={stage} isOpen={isLayoutOpen} button={layoutButton} />}
      </div>
    </footer>
  );
}
