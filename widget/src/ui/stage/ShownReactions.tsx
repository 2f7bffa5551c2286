import type { ExpressingView } from '../../view/expressing.ts';
import styles from './Reactions.module.css';

const mostTimes = 9;

/** The reactions of the last seconds, over the stage. They are ornament: screen readers are not interrupted by them. */
export function ShownReactions({ shown }: { shown: InstanceType<typeof ExpressingView>['shown'] }) {
  return (
    <div class={styles.shown} aria-hidden="true" data-testid="reactions">
      {shown.value.map(({ key, reaction, count, name }) => (
        <p key={key} class={styles.reaction} style={{ '--lane': key % 5 }} data-reaction={reaction}>
          <span class={styles.emoji}>
            {reaction}
            {count > 1 && <span class={styles.times}>×{Math.min(count, mostTimes)}</span>}
          </span>
          <bdi class={styles.name}>{name}</bdi>
        </p>
      ))}
    </div>
  );
}
