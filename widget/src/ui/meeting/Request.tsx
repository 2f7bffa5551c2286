import { Button } from '../controls/Button.tsx';
import styles from './Meeting.module.css';

type Answer = { text: string; testId: string; act: () => void };
type Props = { testId: string; text: string; accept: Answer; decline?: Answer };

/** A notice that asks the user for something. */
export const Request = ({ testId, text, accept, decline }: Props) => (
  <div class={`${styles.notice} ${styles.request}`} data-testid={testId}>
    <span>{text}</span>
    <span class={styles.actions}>
      <Button look="primary" data-testid={accept.testId} onClick={accept.act}>
        {accept.text}
      </Button>
      {decline && (
        <Button data-testid={decline.testId} onClick={decline.act}>
          {decline.text}
        </Button>
      )}
    </span>
  </div>
);
