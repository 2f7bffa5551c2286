import type { AppModel } from '../../model/compose.ts';
import type { ToolbarView } from '../../view/toolbar.ts';
import { DeviceTest } from '../deviceTest/later.ts';
import { EffectsDialog } from '../effects/later.ts';
import { BlockedHelp } from './BlockedHelp.tsx';

/** The dialogs about the devices, over the lobby and the meeting. */
export function DeviceDialogs({ app, toolbar }: { app: AppModel; toolbar: InstanceType<typeof ToolbarView> }) {
  const { dialog, show } = toolbar;
  const close = () => show(undefined);
  if (dialog.value === 'effects') return <EffectsDialog app={app} onClose={close} />;
  if (dialog.value === 'test') return <DeviceTest app={app} onClose={close} />;
  return dialog.value === 'blocked' ? <BlockedHelp app={app} onClose={close} /> : null;
}
