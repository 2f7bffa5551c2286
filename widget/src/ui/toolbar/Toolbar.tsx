import { useSignal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import type { ExpressingView } from '../../view/expressing.ts';
import type { PanelsView } from '../../view/panels.ts';
import { initials } from '../../view/person.ts';
import type { ShareView } from '../../view/share.ts';
import type { StageView } from '../../view/stage.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import { CameraMenu, MicrophoneMenu } from '../devices/parts.ts';
import { useTiny } from '../frameSize.ts';
import { CameraIcon, CameraOffIcon, MicIcon, MicOffIcon } from '../icons.tsx';
import { useMedia } from '../media.ts';
import { LayoutMenu, ReactionPicker } from '../meeting/parts.ts';
import { CaptionsIcon, ChatIcon, GridIcon, HandIcon, PeopleIcon, SettingsIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import { More } from './More.tsx';
import { opener } from './opener.ts';
import { Reactions } from './Reactions.tsx';
import { ShareButton } from './ShareButton.tsx';
import styles from './Toolbar.module.css';
import button from './ToolbarButton.module.css';
import { ToolbarButton } from './ToolbarButton.tsx';

type Props = {
  app: AppModel;
  toolbar: InstanceType<typeof ToolbarView>;
  stage: InstanceType<typeof StageView>;
  share: InstanceType<typeof ShareView>;
  panels: InstanceType<typeof PanelsView>;
  expressing: InstanceType<typeof ExpressingView>;
  /** Under a panel. */
  isCovered: boolean;
  unread: number;
  count: number;
  /** The button that records the meeting; `isNarrow`: it is in a menu. */
  record: ((isNarrow: boolean) => ComponentChildren) | undefined;
  /** The buttons of a call between users. */
  call: ComponentChildren;
  /** What the button of captions and transcript opens; without it there is none. */
  captions: ComponentChildren;
  /** The button that leaves the meeting. */
  leave: ComponentChildren;
};

/** What has a button beside microphone, camera and leaving. */
const inToolbar = ['share', 'chat', 'hand', 'reactions', 'people', 'layout', 'settings'] as const;

export function Toolbar(props: Props) {
  const { app, toolbar, stage, share, panels, expressing, isCovered, unread, count, record, call, captions, leave } =
    props;
  const t = useText();

  const microphone = toolbar.microphone.value;
  const camera = toolbar.camera.value;
  const panel = panels.panel.value;
  const isLayoutOpen = useSignal(false);
  const layoutButton = useRef<HTMLButtonElement>(null);
  const chatUnread = unread > 0 ? t('toolbar.chatUnread', { count: unread }) : undefined;
  const shown = app.parts.value;
  const parts = [captions, record, call, call, ...inToolbar.map((part) => shown[part])];
  const buttons = parts.filter(Boolean).length + app.buttons.value.length;
  const isTiny = useTiny();
  // The styles have the sizes of the buttons, without and with a label.
  const isNarrow = useMedia(`(max-width: ${Math.max(640, 240 + 56 * buttons) - 0.02}px)`);
  const hasLabels = useMedia(`(min-width: ${440 + 86 * buttons}px)`);
  const chat = shown.chat && (
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
  const isHandRaised = expressing.isHandRaised.value;
  const secondary = (
    <>
      {isTiny && chat}
      {call}
      {isNarrow && shown.share && <ShareButton view={share} />}
      {app.buttons.value.map(({ id, label, isPressed }) => (
        <ToolbarButton
          key={id}
          testId={`button-${id}`}
          icon={<span class={button.own}>{initials(label)}</span>}
          label={label}
          {...(isPressed !== undefined && { isPressed })}
          onClick={() => app.press(id)}
        />
      ))}
      {shown.hand && (
        <ToolbarButton
          testId="toggle-hand"
          icon={<HandIcon />}
          label={t('toolbar.hand')}
          tooltip={t(isHandRaised ? 'toolbar.handDown' : 'toolbar.hand')}
          isPressed={isHandRaised}
          onClick={expressing.toggleHand}
        />
      )}
      {shown.reactions &&
        (isNarrow ? <ReactionPicker onChoose={expressing.react} /> : <Reactions onChoose={expressing.react} />)}
      {captions && (
        <ToolbarButton
          testId="toggle-captions"
          icon={<CaptionsIcon />}
          label={t('toolbar.captions')}
          {...opener('captions-menu', isNarrow)}
        />
      )}
      {shown.people && (
        <ToolbarButton
          testId="toggle-people"
          icon={<PeopleIcon />}
          label={t('toolbar.people')}
          badge={isNarrow ? undefined : count}
          isPressed={panel === 'people'}
          onClick={() => panels.toggle('people')}
        />
      )}
      {record?.(isNarrow)}
      {shown.layout && (
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
      )}
      {shown.settings && (
        <ToolbarButton
          testId="open-settings"
          icon={<SettingsIcon />}
          label={t('toolbar.settings')}
          onClick={panels.openSettings}
        />
      )}
    </>
  );
  return (
    <footer class={`${styles.bar} ${hasLabels ? styles.labelled : ''}`} data-theme="dark" inert={isCovered}>
      {/* biome-ignore lint/a11y/useSemanticElements: a toolbar is not a fieldset. */}
      <div class={styles.toolbar} role="group" aria-label={t('toolbar.label')}>
        <div class={styles.group}>
          <div class={styles.split}>
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
            <MicrophoneMenu app={app} toolbar={toolbar} />
          </div>
          {camera && (
            <div class={styles.split}>
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
              <CameraMenu app={app} toolbar={toolbar} />
            </div>
          )}
          {!isNarrow && shown.share && <ShareButton view={share} />}
          {!isTiny && chat}
          {isNarrow ? <More news={isTiny ? chatUnread : undefined}>{secondary}</More> : secondary}
        </div>
        {leave}
        {isLayoutOpen.value && <LayoutMenu app={app} stage={stage} isOpen={isLayoutOpen} button={layoutButton} />}
        {captions}
      </div>
    </footer>
  );
}
