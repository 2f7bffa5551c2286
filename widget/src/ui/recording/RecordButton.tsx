import { useModel } from '@preact/signals';
import { type RecordedApp, ServerRecordingView } from '../../view/serverRecording.ts';
import { icon } from '../icons.tsx';
import { useText } from '../text.ts';
import { opener } from '../toolbar/opener.ts';
import { ToolbarButton } from '../toolbar/ToolbarButton.tsx';
import { recordMenu } from './RecordMenu.tsx';

const RecordIcon = icon(
  <>
    <circle cx="12" cy="12" r="8.5" />
    <circle cx="12" cy="12" r="4" fill="currentColor" />
  </>,
);

/** Starts and ends the recording by the server; only moderators have it. */
export function RecordButton({ app, isNarrow }: { app: RecordedApp; isNarrow: boolean }) {
  const view = useModel(() => new ServerRecordingView(app));
  const t = useText();
  const control = view.control.value;
  if (!control) return null;
  const { isBusy, stop } = control;
  const isOn = stop !== undefined;
  return (
    <ToolbarButton
      testId="toggle-record"
      icon={<RecordIcon />}
      label={t('record.button')}
      tooltip={t(isOn ? 'record.stopMeeting' : 'record.startMeeting')}
      isPressed={isOn}
      {...(isBusy ? {} : stop ? { onClick: stop } : opener(recordMenu, isNarrow))}
    />
  );
}
