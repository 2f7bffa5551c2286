import { UserText } from '../controls/UserText.tsx';
import styles from './Quoted.module.css';

/** The beginning of a line that is replied to. */
export const Quoted = ({ name, content }: { name: string; content: string }) => (
  <blockquote class={styles.quote}>
    <span class={styles.quoteName}>
      <UserText text={name} />
    </span>
    <span dir="auto" translate={true}>
      {content}
    </span>
  </blockquote>
);
