import type { RecordLayout } from '@meetframe/contract/meeting/record';
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

/** Asks what the film is to show, and starts the recording. */
export function RecordMenu({ start }: { start: (layout: RecordLayout) => void }) {
  const t = useText();
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
                start(layout);
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
