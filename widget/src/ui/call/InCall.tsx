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

/** Before the other side is there. */
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

/** What a call has that other meetings have not: the small card, and calling a further person. */
export function InCall({ at, ...props }: PartProps & { at: InCallPart }) {
  const Part = parts[at];
  return <Part {...props} />;
}
