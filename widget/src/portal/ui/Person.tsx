import type { ComponentChildren } from 'preact';
import { Avatar } from '../../ui/controls/Avatar.tsx';
import { UserText } from '../../ui/controls/UserText.tsx';
import styles from './Person.module.css';

type Props = { id: number; name: string; detail?: ComponentChildren; mark?: ComponentChildren };

/** Avatar and name of a person, with a line of details below and a mark after the name. */
export function Person({ id, name, detail, mark }: Props) {
  return (
    <>
      <Avatar id={id} name={name} class={styles.face} />
      <div class={styles.who}>
        <p class={styles.name}>
          <UserText text={name} />
          {mark}
        </p>
        {detail && <p class={styles.detail}>{detail}</p>}
      </div>
    </>
  );
}
