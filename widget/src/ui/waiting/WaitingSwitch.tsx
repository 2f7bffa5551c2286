import type { ModeratingModel } from '../../view/moderating.ts';
import { Button } from '../controls/Button.tsx';
import { ClockIcon } from '../icons.tsx';
import { useText } from '../text.ts';

/** Beside the lock: whether new guests wait until the moderator lets them in. */
export function WaitingSwitch({ moderating }: { moderating: ModeratingModel }) {
  const t = useText();
  const isOn = moderating.waiting.value?.isOn.value ?? false;
  return (
    <Button
      look={isOn ? 'primary' : 'quiet'}
      data-testid="waiting-room"
      aria-pressed={isOn}
      title={t('waiting.roomHint')}
      onClick={() => moderating.setWaitingRoom(!isOn)}
    >
      <ClockIcon />
      {t('waiting.room')}
    </Button>
  );
}
