import { type ReadonlySignal, useModel } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { ToastsView } from '../../view/toasts.ts';
import { CloseIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import { useFocusKept } from '../useFocusKept.ts';
import { playSound } from './sounds.ts';
import styles from './Toasts.module.css';

type Props = { app: AppModel; isChatOpen: ReadonlySignal<boolean>; onChat: () => void };

/** Over the stage. The region is always there, so that screen readers read new toasts, even when toasts are turned off. */
export function Toasts({ app, isChatOpen, onChat }: Props) {
  const t = useText();
  const view = useModel(() => new ToastsView(app, { isChatOpen, play: playSound }));
  const region = useRef<HTMLDivElement>(null);
  useFocusKept(region);
  const isVisual = view.isVisual.value;
  return (
    <div ref={region} class={`${styles.toasts} ${isVisual ? '' : styles.unseen}`} role="status" data-testid="toasts">
      {view.toasts.value.map(({ key, text, params, isChat }) => (
        <div key={key} class={styles.toast} data-testid="toast">
          {isChat ? (
            <button type="button" class={styles.text} onClick={onChat}>
              {t(text, params)}
            </button>
          ) : (
            <p class={styles.text}>{t(text, params)}</p>
          )}
          <button type="button" class={styles.close} aria-label={t('common.dismiss')} onClick={() => view.dismiss(key)}>
            <CloseIcon />
          </button>
        </div>
      ))}
    </div>
  );
}
