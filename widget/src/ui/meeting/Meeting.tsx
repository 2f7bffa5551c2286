import '../../view/meetingTexts.ts';
import { type ReadonlySignal, useModel, useSignalEffect } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { ChatView } from '../../view/chat.ts';
import { DialogsView } from '../../view/dialogs.ts';
import { ExpressingView } from '../../view/expressing.ts';
import { HeaderView } from '../../view/header.ts';
import { ModeratingView } from '../../view/moderating.ts';
import { PanelsView } from '../../view/panels.ts';
import { PeopleView } from '../../view/people.ts';
import { ShareView } from '../../view/share.ts';
import { StageView } from '../../view/stage.ts';
import { TitleView } from '../../view/title.ts';
import { ToolbarView } from '../../view/toolbar.ts';
import { Bars } from '../bars/Bars.tsx';
import type { InCallPart } from '../call/InCall.tsx';
import { Hidden } from '../controls/Hidden.tsx';
import { DeviceDialogs, DeviceNotes, MutedHint } from '../devices/parts.ts';
import { useCovering } from '../frameSize.ts';
import { BusyContext, later } from '../later.tsx';
import { RecordBar, RecordButton, RecordNotices, RecordSettings } from '../recording/parts.ts';
import { Stage } from '../stage/Stage.tsx';
import { useText } from '../text.ts';
import { Leave } from '../toolbar/Leave.tsx';
import { Toolbar } from '../toolbar/Toolbar.tsx';
import { ToolbarButton } from '../toolbar/ToolbarButton.tsx';
import type { TranscriptionPart } from '../transcription/Transcription.tsx';
import { WaitingNotice } from '../waiting/parts.ts';
import { Header } from './Header.tsx';
import styles from './Meeting.module.css';
import {
  Dialogs,
  DropTarget,
  foreseeParts,
  InviteCard,
  Notices,
  People,
  Settings,
  ShareBar,
  ShareNotices,
  Shortcuts,
  ShownReactions,
  Toasts,
} from './parts.ts';

/** The parts of captions and transcript: a chunk of its own, as few platforms have a speech engine. */
const Transcription = later(() =>
  import('../transcription/Transcription.tsx').then(({ Transcription }) => Transcription),
);
/** Of calls between users. */
const InCall = later(() => import('../call/InCall.tsx').then((chunk) => chunk.InCall));
const Chat = later(() => import('../chat/Chat.tsx').then((chunk) => chunk.Chat));
const EffectsSettings = later(() => import('../effects/EffectsSettings.tsx').then((chunk) => chunk.EffectsSettings));

const writeTitle = (title: string | undefined): void => {
  if (title) document.title = title;
};

/** The title of the document, as long as the meeting is shown. */
function Title({ app, unread }: { app: AppModel; unread: ReadonlySignal<number> }) {
  useModel(() => new TitleView(app, { unread, write: writeTitle }));
  useEffect(() => {
    // The button that was pressed is gone, and screen readers go on from here.
    if (document.activeElement === document.body) document.querySelector<HTMLElement>('[data-stage]')?.focus();
    const before = document.title;
    return () => {
      document.title = before;
    };
  }, [app]);
  return null;
}

function Screen({ app }: { app: AppModel }) {
  const t = useText();
  const stage = useModel(() => new StageView(app));
  const panels = useModel(() => new PanelsView());
  const dialogs = useModel(() => new DialogsView());
  const chat = useModel(() => new ChatView(app));
  const moderating = useModel(
    () =>
      new ModeratingView(app, {
        dialogs,
        writeTo(id) {
          chat.writeTo(id);
          panels.open('chat');
        },
      }),
  );
  const people = useModel(() => new PeopleView(app, moderating));
  const toolbar = useModel(() => new ToolbarView(app));
  const share = useModel(() => new ShareView(app));
  const header = useModel(() => new HeaderView(app));
  const expressing = useModel(() => new ExpressingView(app));
  const calls = app.calls.screens.value;
  const isSmall = calls?.shape.value === 'small';
  useSignalEffect(() =>
    chat.setOpen(panels.panel.value === 'chat' && app.calls.screens.value?.shape.value !== 'small'),
  );
  useSignalEffect(() => {
    if (app.meeting.isArriving.value) return;
    foreseeParts();
    Chat.foresee();
    app.meeting.quality.load().catch(() => {});
  });
  const shown = app.parts.value;
  const microphone = toolbar.microphone.value;
  const panel = panels.panel.value;
  // What lies under a panel is out of reach, by keyboard too.
  const isCovered = useCovering() && panel !== undefined;
  const showInvite = () => dialogs.show({ kind: 'invite' });
  const moderates = moderating.mayModerate.value;
  const transcription = (at: TranscriptionPart) =>
    app.meeting.transcribing.state.value && <Transcription at={at} app={app} panels={panels} moderates={moderates} />;
  const isInCall = calls?.isInCall.value;
  const inCall = (at: InCallPart) => isInCall && <InCall {...{ at, app, calls, ToolbarButton }} />;
  // People cannot join a call by a link.
  const addPerson = app.identity.company.value && (() => calls?.setShape('adding'));
  const onInvite = shown.invite ? (isInCall ? (addPerson ?? undefined) : showInvite) : undefined;

  // Only the small card of the call is shown, but the state of this component, such as a typed message, is kept.
  if (isSmall) return null;
  return (
    <div class={styles.meeting}>
      <Title app={app} unread={chat.unread} />
      {shown.header && (
        <Header
          view={header}
          onInfo={isInCall ? undefined : onInvite}
          isLocked={moderating.isLocked.value}
          isCovered={isCovered}
        >
          {transcription('sign')}
          {inCall('header')}
        </Header>
      )}
      <Notices
        app={app}
        toolbar={toolbar}
        isBare={shown.isBare}
        deviceNotes={<DeviceNotes devices={app.devices} toolbar={toolbar} />}
      >
        <ShareNotices view={share} />
        <RecordNotices app={app} />
        {moderates && !shown.isBare && (
          <WaitingNotice
            {...{ app, moderating }}
            isListOpen={panel === 'people'}
            onShow={() => panels.open('people')}
          />
        )}
      </Notices>
      <div class={styles.middle}>
        <Stage
          view={stage}
          isCovered={isCovered}
          hasNames={shown.names}
          hasControls={!shown.isBare}
          actionsFor={moderating.actionsFor}
          over={
            !shown.isBare && (
              <>
                <MutedHint app={app} toolbar={toolbar} />
                <ShownReactions shown={expressing.shown} />
                {transcription('stage')}
                <Toasts app={app} isChatOpen={panels.isChatOpen} onChat={() => panels.open('chat')} />
                {inCall('called')}
                {stage.isAlone.value && (isInCall ? inCall('alone') : shown.invite && <InviteCard app={app} />)}
              </>
            )
          }
        />
        <Bars>
          {!shown.isBare && <ShareBar view={share} />}
          <RecordBar app={app} isBare={shown.isBare} />
          {transcription('bar')}
        </Bars>
        {panel === 'people' && shown.people && (
          <People app={app} view={people} moderating={moderating} onInvite={onInvite} onClose={panels.close} />
        )}
        {panel === 'transcript' && shown.captions && transcription('panel')}
        {panel === 'chat' && shown.chat && <Chat app={app} view={chat} onClose={panels.close} />}
      </div>
      {shown.toolbar && (
        <Toolbar
          app={app}
          toolbar={toolbar}
          stage={stage}
          share={share}
          panels={panels}
          expressing={expressing}
          isCovered={isCovered}
          unread={chat.unread.value}
          count={people.count.value}
          record={moderates && shown.record ? (isNarrow) => <RecordButton app={app} isNarrow={isNarrow} /> : undefined}
          call={inCall('menu')}
          captions={shown.captions && transcription('menu')}
          leave={
            shown.leave && (
              <Leave
                leave={toolbar.leave}
                endForAll={
                  moderates && !stage.isAlone.value && !isInCall ? () => dialogs.show({ kind: 'finish' }) : undefined
                }
              />
            )
          }
        />
      )}
      <Hidden role="status">{header.title.value && t('meeting.entered', { name: header.title.value })}</Hidden>
      <Shortcuts
        isOn={app.shortcuts.value && shown.toolbar}
        actions={{
          microphone: microphone.toggle,
          camera: toolbar.camera.value?.toggle,
          hand: expressing.toggleHand,
          chat: () => panels.toggle('chat'),
          people: () => panels.toggle('people'),
          share: share.button.value?.act,
          captions: app.meeting.transcribing.transcript.value?.toggleCaptions,
          help: () => dialogs.show({ kind: 'shortcuts' }),
        }}
        talk={{
          start: microphone.isOn ? undefined : microphone.toggle,
          stop() {
            // Meanwhile the moderator may have muted the user.
            const { isOn, toggle } = toolbar.microphone.peek();
            if (isOn) toggle();
          },
        }}
      />
      <DropTarget load={app.meeting.chat.sending.load} view={chat} onDropped={() => panels.open('chat')} />
      <DeviceDialogs app={app} toolbar={toolbar} />
      <Dialogs app={app} view={dialogs} canShare={share.button.value !== undefined} mayRename={moderates} />
      {panels.settingsOpen.value && (
        <Settings
          app={app}
          onShortcuts={() => {
            panels.closeSettings();
            dialogs.show({ kind: 'shortcuts' });
          }}
          onClose={panels.closeSettings}
        >
          <EffectsSettings app={app} />
          <RecordSettings meeting={app.meeting} />
        </Settings>
      )}
    </div>
  );
}

export const Meeting = ({ app }: { app: AppModel }) => (
  <BusyContext.Provider value={app.meeting.isArriving}>
    <Screen app={app} />
  </BusyContext.Provider>
);
