import { useModel } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import { MutedTalk } from '../../view/mutedTalk.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import { Button } from '../controls/Button.tsx';
import { CloseIcon, MicOffIcon } from '../icons.tsx';
import { useText } from '../text.ts';
import { useFocusKept } from '../useFocusKept.ts';
import styles from './MutedHint.module.css';

type Props = {
  app: Pick<AppModel, 'mutedHint' | 'shortcuts' | 'devices'> & { meeting: Pick<AppModel['meeting'], 'moderation'> };
  toolbar: Pick<InstanceType<typeof ToolbarView>, 'microphone'>;
};

/** Over the stage: a hint that the user speaks while muted. The region is always there, so that screen readers read it. */
export function MutedHint({ app, toolbar }: Props) {
  const t = useText();
  const view = useModel(() => new MutedTalk({ isWanted: app.mutedHint, ...app.devices }));
  // The notice about it has the same button.
  const isAsked = app.meeting.moderation.unmuteRequested.value;
  const region = useRef<HTMLDivElement>(null);
  useFocusKept(region);
  return (
    <div ref={region} class={styles.place} role="status">
      {view.isTalking.value && !isAsked && (
        <div class={styles.hint} data-testid="muted-hint">
          <MicOffIcon />
          <p class={styles.text}>
            {t('muted.hint')}
            {app.shortcuts.value && <span class={styles.key}>{` ${t('muted.key')}`}</span>}
          </p>
          <Button look="primary" data-testid="muted-unmute" onClick={toolbar.microphone.value.toggle}>
            {t('muted.unmute')}
          </Button>
          <Button look="bare" aria-label={t('common.dismiss')} onClick={view.dismiss}>
            <CloseIcon />
          </Button>
        </div>
      )}
    </div>
  );
}
