import '../../view/meetingTexts.ts';
import { useModel, useSignalEffect } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { ChatView } from '../../view/chat.ts';
import { HeaderView } from '../../view/header.ts';
import { NoticesView } from '../../view/notices.ts';
import { PanelsView } from '../../view/panels.ts';
import { PeopleView } from '../../view/people.ts';
import { ShareView } from '../../view/share.ts';
import { StageView } from '../../view/stage.ts';
import { ToolbarView } from '../../view/toolbar.ts';
import { Bars } from '../bars/Bars.tsx';
import { ShareBar } from '../bars/ShareBar.tsx';
import { Chat } from '../chat/Chat.tsx';
import { later } from '../later.tsx';
import { People } from '../people/People.tsx';
import { Settings } from '../settings/Settings.tsx';
import { Stage } from '../stage/Stage.tsx';
import { Toolbar } from '../toolbar/Toolbar.tsx';
import { Header } from './Header.tsx';
import styles from './Meeting.module.css';
import { Notices } from './Notices.tsx';
import { ShareNotices } from './ShareNotices.tsx';

const nothing = () => <></>;
/** Few people record: its interface is a chunk of its own. */
const RecordBar = later(() => import('../recording/RecordBar.tsx').then(({ RecordBar }) => RecordBar), nothing);
const RecordNotices = later(
  () => import('../recording/RecordNotices.tsx').then(({ RecordNotices }) => RecordNotices),
  nothing,
);

export function Meeting({ app }: { app: AppModel }) {
  const stage = useModel(() => new StageView(app));
  const panels = useModel(() => new PanelsView());
  const people = useModel(() => new PeopleView(app));
  const chat = useModel(() => new ChatView(app));
  const toolbar = useModel(() => new ToolbarView(app));
  const share = useModel(() => new ShareView(app));
  const header = useModel(() => new HeaderView(app));
  const notices = useModel(() => new NoticesView(app, toolbar));
  useSignalEffect(() => chat.setOpen(panels.panel.value === 'chat'));
  const panel = panels.panel.value;

  return (
    <div class={styles.meeting}>
      <Header view={header} />
      <Notices view={notices}>
        <ShareNotices view={share} />
        <RecordNotices app={app} />
      </Notices>
      <div class={styles.middle}>
        <Stage view={stage} />
        <Bars>
          <ShareBar view={share} />
          <RecordBar app={app} />
        </Bars>
        {panel === 'people' && <People view={people} onClose={panels.close} />}
        {panel === 'chat' && <Chat view={chat} locale={app.locale.value} onClose={panels.close} />}
      </div>
      <Toolbar
        toolbar={toolbar}
        stage={stage}
        share={share}
        panels={panels}
        unread={chat.unread.value}
        count={people.count.value}
      />
      {panels.settingsOpen.value && <Settings app={app} onClose={panels.closeSettings} />}
    </div>
  );
}
