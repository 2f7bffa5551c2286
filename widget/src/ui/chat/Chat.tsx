import type { Locale } from '@meetframe/contract';
import type { ChatView } from '../../view/chat.ts';
import { Panel } from '../meeting/Panel.tsx';
import { useText } from '../text.ts';
import { Composer } from './Composer.tsx';
import { Log } from './Log.tsx';

type Props = { view: InstanceType<typeof ChatView>; locale: Locale; onClose: () => void };

export function Chat({ view, locale, onClose }: Props) {
  const t = useText();
  return (
    <Panel title={t('chat.title')} onClose={onClose} testId="chat-panel">
      <Log view={view} locale={locale} />
      <Composer view={view} />
    </Panel>
  );
}
