import { useEffect } from 'preact/hooks';
import { downloadText } from '../../download.ts';
import type { AppModel } from '../../model/compose.ts';
import type { ChatView } from '../../view/chat.ts';
import { chatText } from '../../view/chatText.ts';
import { regionalLocale } from '../../view/regional.ts';
import { Button } from '../controls/Button.tsx';
import { Panel } from '../meeting/parts.ts';
import { DownloadIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import { Composer } from './Composer.tsx';
import { Log } from './Log.tsx';

type Props = { app: AppModel; view: InstanceType<typeof ChatView>; onClose: () => void };

export function Chat({ app, view, onClose }: Props) {
  const t = useText();
  const maySend = view.maySendFiles.value;
  const { sending } = app.meeting.chat;
  useEffect(() => {
    if (maySend) sending.load().catch(() => {});
  }, [maySend]);
  const files = sending.made.value;
  const locale = regionalLocale(app.locale.value, navigator.languages);
  const lines = view.lines.value;

  function save(): void {
    const title = app.meeting.roster.title.peek();
    const { name, content } = chatText(lines, { title, locale, t });
    downloadText(content, { type: 'text/plain;charset=utf-8', name });
  }

  return (
    <Panel
      title={t('chat.title')}
      onClose={onClose}
      testId="chat-panel"
      actions={
        lines.length > 0 && (
          <Button look="bare" aria-label={t('chat.save')} title={t('chat.save')} data-testid="chat-save" onClick={save}>
            <DownloadIcon />
          </Button>
        )
      }
    >
      <Log
        view={view}
        locale={locale}
        files={files}
        load={sending.load}
        now={() => Date.now() + app.identity.clockOffset.peek()}
      />
      <Composer view={view} locale={locale} files={maySend ? files : undefined} />
    </Panel>
  );
}
