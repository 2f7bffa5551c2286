import { textOf } from '../../view/calls.ts';
import { useCompact } from '../frameSize.ts';
import { InviteIcon } from '../panelIcons.tsx';
import styles from './Buttons.module.css';
import { ShrinkIcon } from './icons.tsx';
import type { PartProps } from './partProps.ts';

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

/** A frame without a header has the buttons in the menu of the toolbar. */
export const HeaderButtons = (props: PartProps) =>
  useCompact() ? null : (
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
  const isCompact = useCompact();
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
