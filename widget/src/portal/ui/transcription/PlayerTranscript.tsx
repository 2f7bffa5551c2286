import { useModel, useSignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { Button } from '../../../ui/controls/Button.tsx';
import { Line } from '../../../ui/transcription/Line.tsx';
import { storedLines } from '../../../view/transcript.ts';
import { TranscriptTextView } from '../../view/transcripts.ts';
import { usePortal } from '../context.ts';
import styles from './Transcripts.module.css';

type Props = { recordId: number; video: RefObject<HTMLVideoElement | null> };

/** What was said in a recording: captions in the player, and the sentences, which the player jumps to. Nothing where it was not transcribed. */
export function PlayerTranscript({ recordId, video }: Props) {
  const { t, app, portal } = usePortal();
  const text = useModel(() => new TranscriptTextView(portal, { recordId }));
  const current = useSignal<string | undefined>(undefined);
  const isSpoken = (text.lines.value?.length ?? 0) > 0;
  useEffect(() => void text.more(), [text]);
  useEffect(() => {
    const player = video.current;
    if (!isSpoken || !player) return undefined;
    let url: string | undefined;
    const track = Object.assign(document.createElement('track'), {
      ...{ kind: 'captions', label: t('transcription.title'), default: true },
    });
    portal.transcripts.file({ recordId }, 'vtt').then(
      ({ content }) => {
        url = URL.createObjectURL(new Blob([content], { type: 'text/vtt' }));
        track.src = url;
        player.append(track);
      },
      // Without captions in the player the sentences are still shown.
      () => {},
    );
    const look = (): void => {
      const now = player.currentTime * 1000;
      current.value = text.lines.peek()?.findLast(({ bg }) => Number(bg) <= now)?.bg;
    };
    player.addEventListener('timeupdate', look);
    return () => {
      player.removeEventListener('timeupdate', look);
      track.remove();
      if (url) URL.revokeObjectURL(url);
    };
  }, [isSpoken, portal, recordId, text, video]);
  const lines = text.lines.value;
  if (!lines || !isSpoken) return null;
  const jump = (bg: string): void => {
    if (!video.current) return;
    video.current.currentTime = Number(bg) / 1000;
    void video.current.play();
  };
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling element must be reachable by keyboard (WCAG 2.1.1).
    <section class={styles.beside} tabIndex={0} aria-label={t('transcription.title')} data-testid="player-transcript">
      {storedLines(lines, app.locale.value).map((line) => (
        <Line key={line.bg} line={line} isCurrent={line.bg === current.value} onPick={() => jump(line.bg)} />
      ))}
      {text.hasMore.value && (
        <p class={styles.more}>
          <Button disabled={text.busy.value} onClick={() => void text.more()}>
            {t('transcription.more')}
          </Button>
        </p>
      )}
    </section>
  );
}
