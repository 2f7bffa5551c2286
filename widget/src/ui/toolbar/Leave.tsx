import { Menu } from '../controls/Menu.tsx';
import { LeaveIcon } from '../icons.tsx';
import { EndIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import { buttonClass } from './buttonClass.ts';
import bar from './Toolbar.module.css';
import styles from './ToolbarButton.module.css';
import { ToolbarButton } from './ToolbarButton.tsx';

type Props = {
  leave: () => void;
  /** Ends the meeting for all; `undefined` where the user may not. */
  endForAll: (() => void) | undefined;
};

/** Leaves the meeting. The moderator chooses between leaving and ending it for all. */
export function Leave({ leave, endForAll }: Props) {
  const t = useText();
  if (!endForAll)
    return (
      <ToolbarButton testId="leave" icon={<LeaveIcon />} label={t('toolbar.leave')} look="leave" onClick={leave} />
    );
  return (
    <Menu
      label={t('toolbar.leave')}
      testId="leave"
      class={buttonClass('leave')}
      isPlain
      face={
        <>
          <span class={styles.icon}>
            <LeaveIcon />
          </span>
          <span class={bar.label}>{t('toolbar.leave')}</span>
        </>
      }
      items={[
        { label: t('leave.self'), icon: LeaveIcon, testId: 'leave-self', run: leave },
        { label: t('leave.all'), icon: EndIcon, testId: 'end-for-all', isGrave: true, run: endForAll },
      ]}
    />
  );
}
