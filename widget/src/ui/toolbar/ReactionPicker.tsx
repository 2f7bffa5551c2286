import { type Reaction, reactions } from '@meetframe/contract';
import type { TextKey } from '../../view/i18n.ts';
import { useText } from '../text.ts';
import styles from './Reactions.module.css';

const names: Record<Reaction, TextKey> = {
  '👍': 'reaction.like',
  '👏': 'reaction.clap',
  '❤️': 'reaction.heart',
  '😂': 'reaction.laugh',
  '😮': 'reaction.wow',
  '🎉': 'reaction.party',
};

/** A row of reactions to choose from. */
export function ReactionPicker({ onChoose }: { onChoose: (reaction: Reaction) => void }) {
  const t = useText();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons is not a fieldset.
    <div class={styles.row} role="group" aria-label={t('toolbar.reactions')}>
      {reactions.map((reaction) => (
        <button
          key={reaction}
          type="button"
          class={styles.reaction}
          aria-label={t(names[reaction])}
          title={t(names[reaction])}
          data-testid={`react-${reaction}`}
          onClick={() => onChoose(reaction)}
        >
          {reaction}
        </button>
      ))}
    </div>
  );
}
