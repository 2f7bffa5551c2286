import controls from '../controls/controls.module.css';
import { PlainScreen } from '../controls/PlainScreen.tsx';
import { useText } from '../text.ts';

/** In a partner's page: says that the widget is ready, until the page opens a room. */
export function Idle({ isConnecting }: { isConnecting: boolean }) {
  const t = useText();
  return (
    <PlainScreen text={t(isConnecting ? 'idle.connecting' : 'idle.ready')}>
      <p class={controls.hint}>{t('idle.readyHint')}</p>
    </PlainScreen>
  );
}
