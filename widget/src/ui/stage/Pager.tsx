import type { StageView } from '../../view/stage.ts';
import { Button } from '../controls/Button.tsx';
import { NextIcon, PreviousIcon } from '../meetingIcons.tsx';
import { useText } from '../text.ts';
import styles from './Stage.module.css';

/** Turns the pages of a stage that has no space for all tiles. */
export function Pager({ view }: { view: InstanceType<typeof StageView> }) {
  const t = useText();
  const previous = view.previousPage.value;
  const next = view.nextPage.value;
  return (
    <nav class={styles.pager} aria-label={t('stage.pages')} data-testid="pager">
      <Button look="bare" aria-label={t('stage.previous')} disabled={!previous} onClick={previous}>
        <PreviousIcon />
      </Button>
      <span role="status">{t('stage.page', { page: view.page.value + 1, count: view.pages.value })}</span>
      <Button look="bare" aria-label={t('stage.next')} disabled={!next} onClick={next}>
        <NextIcon />
      </Button>
    </nav>
  );
}
