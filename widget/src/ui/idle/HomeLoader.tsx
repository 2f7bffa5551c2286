import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../controls/Button.tsx';
import { PlainScreen } from '../controls/PlainScreen.tsx';
import { useText } from '../text.ts';

/** Rejects when the home screen cannot be loaded; the next call tries again. */
export type LoadHome = () => Promise<ComponentType>;

/** The home screen, or a note that it is being loaded. */
export function HomeLoader({ load }: { load: LoadHome }) {
  const t = useText();
  const Loaded = useSignal<ComponentType | undefined>(undefined);
  const isFailed = useSignal(false);
  const start = async (): Promise<void> => {
    isFailed.value = false;
    try {
      Loaded.value = await load();
    } catch {
      isFailed.value = true;
    }
  };
  useEffect(() => void start(), []);

  if (Loaded.value) return <Loaded.value />;
  return (
    <PlainScreen text={t(isFailed.value ? 'problem.DISCONNECTED' : 'idle.connecting')}>
      {isFailed.value && <Button onClick={() => void start()}>{t('error.retry')}</Button>}
    </PlainScreen>
  );
}
