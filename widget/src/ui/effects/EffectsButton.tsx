import '../../view/effectsTexts.ts';
import type { AppModel } from '../../model/compose.ts';
import { Dialog, DialogBody } from '../controls/Dialog.tsx';
import { path } from '../icons.tsx';
import { useText } from '../text.ts';
import { EffectsChoice } from './EffectsChoice.tsx';

const SparkleIcon = path(
  'M11 4.5l1.7 4.8 4.8 1.7-4.8 1.7L11 17.5l-1.7-4.8L4.5 11l4.8-1.7ZM18.5 15l.8 2.2 2.2.8-2.2.8-.8 2.2-.8-2.2-2.2-.8 2.2-.8Z',
);

/** Opens the choice of effects, in the lobby. */
export function EffectsButton({ onClick, class: className }: { onClick: () => void; class: string | undefined }) {
  const t = useText();
  return (
    <button
      type="button"
      class={className}
      aria-label={t('effects.title')}
      title={t('effects.title')}
      data-testid="effects"
      onClick={onClick}
    >
      <SparkleIcon />
    </button>
  );
}

type DialogProps = { app: Pick<AppModel, 'effects' | 'isAudioOnly'>; onClose: () => void };

export function EffectsDialog({ app, onClose }: DialogProps) {
  const t = useText();
  return (
    <Dialog title={t('effects.title')} testId="effects-dialog" isLight onClose={onClose}>
      <DialogBody>
        <EffectsChoice effects={app.effects} hasVideo={!app.isAudioOnly.value} />
      </DialogBody>
    </Dialog>
  );
}
