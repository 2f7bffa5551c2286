import type { ComponentType } from 'preact';
import { textOf } from '../../view/calls.ts';
import { AddPerson } from './AddPerson.tsx';
import { HeaderButtons, MenuButtons } from './Buttons.tsx';
import { CalledPeople } from './CalledPeople.tsx';
import styles from './InCall.module.css';
import type { PartProps } from './partProps.ts';
import { SmallCall } from './SmallCall.tsx';

const Over = (props: PartProps) => {
  const shape = props.calls.shape.value;
  return shape === 'small' ? <SmallCall {...props} /> : shape === 'adding' ? <AddPerson {...props} /> : null;
};

/** Shown until the other user has entered. */
const Alone = ({ app }: PartProps) => (
  <p class={styles.alone} role="status">
    {textOf(app)('small.alone')}
  </p>
);

const parts = {
  header: HeaderButtons,
  menu: MenuButtons,
  alone: Alone,
  called: CalledPeople,
  over: Over,
} satisfies Record<string, ComponentType<PartProps>>;
export type InCallPart = keyof typeof parts;

/** The parts of a call that other meetings do not have: the small card, and calling a further user. */
export function InCall({ at, ...props }: PartProps & { at: InCallPart }) {
  const Part = parts[at];
  return <Part {...props} />;
}
