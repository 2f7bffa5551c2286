import { useRef } from 'preact/hooks';
import type { AppModel } from '../../model/compose.ts';
import type { PersonAction } from '../../view/moderating.ts';
import type { StageTile } from '../../view/stage.ts';
import { Avatar } from '../controls/Avatar.tsx';
import { UserText } from '../controls/UserText.tsx';
import { Video } from '../controls/Video.tsx';
import { MicOffIcon, WarningIcon } from '../icons.tsx';
import { TileMenu } from '../meeting/parts.ts';
import { MoveIcon, PinIcon } from '../meetingIcons.tsx';
import { QualitySign } from '../quality/later.ts';
import { useText } from '../text.ts';
import { useDrag } from './drag.ts';
import { Hand } from './Hand.tsx';
import styles from './Stage.module.css';

type Props = {
  tile: StageTile;
  quality: AppModel['meeting']['quality'];
  isSpeaking: boolean;
  hasName: boolean;
  /** Buttons and menus. */
  hasControls: boolean;
  /** What the user may do to the participant. */
  actions: readonly PersonAction[];
  onPin: () => void;
  /** Moves a floating tile: where it was dragged to, else one corner further. */
  onMove: (to?: { x: number; y: number }) => void;
};

const small = 180;

export function Tile({ tile, quality, isSpeaking, hasName, hasControls, actions, onPin, onMove }: Props) {
  const t = useText();
  const element = useRef<HTMLElement>(null);
  const { member, isSelf, source, place, isPinned, isFloating, covered, isMuted, isMirrored, domId, role } = tile;
  useDrag(element, isFloating ? onMove : undefined);
  const { client, connected } = member;
  const isScreen = source === 'screen';
  const stream = isScreen || isSelf || member.video ? tile.stream.value : undefined;
  const name = !isScreen ? client.name : isSelf ? t('share.own') : t('stage.screen', { name: client.name });
  const pinText = t(isPinned ? 'stage.unpin' : 'stage.pin', { name });
  const fit = isScreen ? styles.contain : isMirrored ? styles.mirrored : '';
  return (
    <article
      ref={element}
      id={domId}
      class={`${styles.tile} ${isSpeaking ? styles.speaking : ''} ${place.width < small ? styles.small : ''} ${isFloating ? styles.floating : ''}`}
      style={{
        transform: `translate(${place.x}px, ${place.y}px)`,
        width: `${place.width}px`,
        height: `${place.height}px`,
        ...(covered && { [`--mf-${covered.corner}`]: `${covered.width}px` }),
      }}
      aria-label={name}
      data-testid="tile"
      data-client-id={client.id}
      data-source={source}
      data-tile={role}
    >
      {stream ? (
        <Video stream={stream} class={`${styles.video} ${fit}`} />
      ) : (
        <div class={styles.blank}>
          <Avatar id={client.id} name={client.name} picture={client.pictureurl} class={styles.avatar} />
        </div>
      )}
      {!connected && (
        <p class={styles.lost}>
          <WarningIcon />
          <span>{t('stage.lost')}</span>
        </p>
      )}
      {hasName && (
        <p class={styles.name}>
          {isMuted && !isScreen && (
            <span class={styles.muted} role="img" aria-label={t('stage.muted')}>
              <MicOffIcon />
            </span>
          )}
          <span class={styles.text}>
            {isScreen ? name : <UserText text={client.name} />}
            {isSelf && !isScreen && <span>{` (${t('stage.you')})`}</span>}
          </span>
        </p>
      )}
      {member.hand !== null && !isScreen && <Hand />}
      {hasControls && (
        <>
          {!isScreen && quality.lines.value && (
            <QualitySign quality={quality} clientId={isSelf ? undefined : client.id} name={client.name} />
          )}
          {/* There is no space for three buttons in a small floating tile. */}
          {!(isFloating && place.width < small) && <TileMenu name={client.name} actions={actions} />}
          <button
            type="button"
            class={`${styles.over} ${styles.pin} ${isPinned ? styles.pinned : ''}`}
            aria-label={pinText}
            title={pinText}
            data-testid="pin"
            onClick={onPin}
          >
            <PinIcon />
          </button>
          {isFloating && (
            <button
              type="button"
              class={`${styles.over} ${styles.pin} ${styles.move}`}
              aria-label={t('stage.move')}
              title={t('stage.move')}
              data-testid="move-self"
              onClick={() => onMove()}
            >
              <MoveIcon />
            </button>
          )}
        </>
      )}
    </article>
  );
}
