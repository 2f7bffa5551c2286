import '../../view/effectsTexts.ts';
import { useSignal } from '@preact/signals';
import type { AppModel } from '../../model/compose.ts';
import { Dialog, DialogBody } from '../controls/Dialog.tsx';
import { path } from '../icons.tsx';
import { useText } from '../text.ts';
import { EffectsChoice } from './EffectsChoice.tsx';

const SparkleIcon = path(
  'M11 4.5l1.7 4.8 4.8 1.7-4.8 1.7L11 17.5l-1.7-4.8L4.5 11l4.8-1.7ZM18.5 15l.8 2.2 2.2.8-2.2.8-.8 2.2-.8-2.2-2.2-.8 2.2-.8Z',
);

/** Opens the choice of effects, in the lobby. */
export function EffectsButton({
  effects,
  class: className,
}: {
  effects: AppModel['effects'];
  class: string | undefined;
}) {
  const t = useText();
  const isOpen = useSignal(false);
  return (
    <>
      <button
        type="button"
        class={className}
        aria-label={t('effects.title')}
        title={t('effects.title')}
        data-testid="effects"
        onClick={() => {
          isOpen.value = true;
        }}
      >
        <SparkleIcon />
      </button>
      {isOpen.value && (
        <Dialog
          title={t('effects.title')}
          testId="effects-dialog"
          isLight
          onClose={() => {
            isOpen.value = false;
          }}
        >
          <DialogBody>
            <EffectsChoice effects={effects} />
          </DialogBody>
        </Dialog>
      )}
    </>
  );
}
