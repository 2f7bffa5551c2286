import { textOf } from '../../view/calls.ts';
import { useMedia } from '../media.ts';
import { InviteIcon } from '../panelIcons.tsx';
import styles from './Buttons.module.css';
import { ShrinkIcon } from './icons.tsx';
import type { PartProps } from './partProps.ts';

/** A small frame shows no header, and has the buttons in the menu of the toolbar; the style sheets have the same numbers. */
const compact = '(max-width: 480px) and (max-height: 360px)';

const buttonsOf = ({ app, calls }: PartProps) => {
  const text = textOf(app);
  const add = { testId: 'add-person', label: text('add.button'), Picture: InviteIcon };
  const shrink = { testId: 'shrink-call', label: text('small.shrink'), Picture: ShrinkIcon };
  return [
    // Guests have no colleagues.
    ...(app.identity.company.value ? [{ ...add, run: () => calls.setShape('adding') }] : []),
    { ...shrink, run: () => calls.setShape('small') },
  ];
};

export const HeaderButtons = (props: PartProps) =>
  useMedia(compact) ? null : (
    <div class={styles.buttons}>
      {buttonsOf(props).map(({ testId, label, Picture, run }) => (
        <button
          key={testId}
          type="button"
          class={styles.button}
          aria-label={label}
          title={label}
          data-testid={testId}
          onClick={run}
        >
          <Picture />
        </button>
      ))}
    </div>
  );

export const MenuButtons = (props: PartProps) => {
  const isCompact = useMedia(compact);
  const { app, ToolbarButton } = props;
  // Without a header they are here in every frame.
  if (!ToolbarButton || (app.parts.value.header && !isCompact)) return null;
  return (
    <>
      {buttonsOf(props).map(({ testId, label, Picture, run }) => (
        <ToolbarButton key={testId} testId={testId} icon={<Picture />} label={label} onClick={run} />
      ))}
    </>
  );
};
