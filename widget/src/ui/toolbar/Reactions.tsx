import type { Reaction } from '@meetframe/contract';
import { Popover } from '../controls/Popover.tsx';
import { ReactionPicker } from '../meeting/parts.ts';
import { SmileIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import { buttonClass } from './buttonClass.ts';
import bar from './Toolbar.module.css';
import styles from './ToolbarButton.module.css';

/** A button of the toolbar that opens the row of reactions; it stays open, because one often sends several. */
export function Reactions({ onChoose }: { onChoose: (reaction: Reaction) => void }) {
  const t = useText();
  return (
    <Popover
      label={t('toolbar.reactions')}
      testId="toggle-reactions"
      class={buttonClass('plain')}
      face={
        <>
          <span class={styles.icon}>
            <SmileIcon />
          </span>
          <span class={bar.label}>{t('toolbar.reactions')}</span>
        </>
      }
    >
      {() => <ReactionPicker onChoose={onChoose} />}
    </Popover>
  );
}
