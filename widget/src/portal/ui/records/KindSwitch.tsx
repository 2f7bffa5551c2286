import { usePortal } from '../context.ts';
import scopes from '../meetings/Meetings.module.css';

const kinds = ['recordings', 'transcripts'] as const;
export type Kind = (typeof kinds)[number];

/** Chooses between recordings and transcripts. */
export function KindSwitch({ kind, choose }: { kind: Kind; choose: (kind: Kind) => void }) {
  const { t } = usePortal();
  return (
    // biome-ignore lint/a11y/useSemanticElements: two buttons are not a fieldset.
    <div class={scopes.scopes} role="group" aria-label={t('section.records')}>
      {kinds.map((each) => (
        <button
          key={each}
          type="button"
          class={scopes.scope}
          aria-pressed={kind === each}
          data-testid={`kind-${each}`}
          onClick={() => choose(each)}
        >
          {t(each === 'transcripts' ? 'records.transcripts' : 'section.records')}
        </button>
      ))}
    </div>
  );
}
