import type { ShareView } from '../../view/share.ts';
import { ShareIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import { ToolbarButton } from './ToolbarButton.tsx';

/** Shares a screen and ends it; absent where the browser cannot. */
export function ShareButton({ view }: { view: InstanceType<typeof ShareView> }) {
  const t = useText();
  const button = view.button.value;
  if (!button) return null;
  const { isOn, by, act } = button;
  const label = t(isOn ? 'toolbar.shareStop' : 'toolbar.share');
  return (
    <ToolbarButton
      testId="toggle-share"
      icon={<ShareIcon />}
      label={label}
      tooltip={by === undefined ? label : t('toolbar.shareBusy', { name: by })}
      isPressed={isOn}
      onClick={act}
    />
  );
}
