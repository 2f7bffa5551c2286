import type { ComponentChildren } from 'preact';
import { useCallback, useLayoutEffect, useRef } from 'preact/hooks';
import type { ModeratingModel } from '../../view/moderating.ts';
import type { StageView } from '../../view/stage.ts';
import { useText } from '../text.ts';
import { Pager } from './Pager.tsx';
import styles from './Stage.module.css';
import { useSwipe } from './swipe.ts';
import { Tile } from './Tile.tsx';
import { useTap } from './tap.ts';

type Props = {
  view: InstanceType<typeof StageView>;
  /** Under a panel. */
  isCovered: boolean;
  hasNames: boolean;
  /** Buttons and menus on tiles. */
  hasControls: boolean;
  actionsFor: ModeratingModel['actionsFor'];
  /** Content over the tiles. */
  over: ComponentChildren;
};

/**
 * The tiles of the participants. Tiles are positioned one by one, so that a new layout moves them and videos keep
 * playing.
 */
export function Stage({ view, isCovered, hasNames, hasControls, actionsFor, over }: Props) {
  const t = useText();
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const stage = element.current;
    if (!stage) return undefined;
    const measure = () => {
      const { width, height } = stage.getBoundingClientRect();
      view.resize({ width: Math.floor(width), height: Math.floor(height) }, window.devicePixelRatio);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(stage);
    return () => {
      observer.disconnect();
      view.resize({ width: 0, height: 0 }, window.devicePixelRatio);
    };
  }, [view]);

  const turn = useCallback((by: 1 | -1) => (by > 0 ? view.nextPage : view.previousPage).peek()?.(), [view]);
  useSwipe(element, turn);
  useTap(element);

  const speaking = view.speaking.value;
  const hasPages = view.pages.value > 1;
  return (
    <main
      class={styles.stage}
      data-theme="dark"
      aria-label={t('stage.label')}
      tabIndex={-1}
      inert={isCovered}
      data-stage
    >
      <div ref={element} class={`${styles.area} ${hasPages ? styles.paged : ''}`}>
        {view.tiles.value.map((tile) => (
          <Tile
            key={tile.key}
            tile={tile}
            quality={view.quality}
            isSpeaking={tile.source === 'camera' && speaking.has(tile.member.client.id)}
            hasName={hasNames}
            hasControls={hasControls}
            actions={tile.source === 'camera' ? actionsFor(tile.member) : []}
            onPin={() => view.togglePin(tile.key)}
            onMove={view.moveFloating}
          />
        ))}
      </div>
      {hasPages && <Pager view={view} />}
      {over}
    </main>
  );
}
