import type { RecordLayout } from '@meetframe/contract/meeting/record';
import { useModel } from '@preact/signals';
import { type RecordedApp, ServerRecordingView } from '../../view/serverRecording.ts';
import { MenuItem } from '../controls/MenuItem.tsx';
import type { Icon } from '../icons.tsx';
import { GridIcon } from '../meetingIcons.tsx';
import { SpeakerViewIcon } from '../panelIcons.tsx';
import { useText } from '../text.ts';
import { MenuText, ToolbarMenu } from '../toolbar/ToolbarMenu.tsx';

export const recordMenu = 'record-layouts';

const layouts: [RecordLayout, Icon][] = [
  ['speaker', SpeakerViewIcon],
  ['grid', GridIcon],
];

/** The menu of the moderator's button: asks for the layout of the recording, and starts it. */
export function RecordMenu({ app }: { app: RecordedApp }) {
  const view = useModel(() => new ServerRecordingView(app));
  const t = useText();
  const control = view.control.value;
  if (!control) return null;
  return (
    <ToolbarMenu id={recordMenu} label={t('record.startMeeting')}>
      {(close) => (
        <>
          <MenuText>{t('record.layout')}</MenuText>
          {layouts.map(([layout, icon]) => (
            <MenuItem
              key={layout}
              icon={icon}
              testId={`record-${layout}`}
              run={() => {
                close();
                control.start(layout);
              }}
            >
              {t(`record.layout.${layout}`)}
            </MenuItem>
          ))}
        </>
      )}
    </ToolbarMenu>
  );
}
