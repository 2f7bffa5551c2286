import type { types } from 'mediasoup';
import type { Peer } from './peer.ts';

/** A source that sends nothing at all scores 0 like one that loses most: only one of them has a bad path. */
const isFlowing = async (producer: types.Producer): Promise<boolean> => {
  const stats = await producer.getStats().catch(() => []);
  return stats.some(({ bitrate }) => bitrate > 0);
};

/** Watches how well arrives what a peer sends, and has the peer told when its upload turns poor or good. */
export const watchUpload = (peer: Peer, producer: types.Producer): void => {
  const rate = (): void => {
    const flowing = [...peer.producers.values()].filter(({ paused, closed }) => !paused && !closed);
    peer.quality(
      'upload',
      flowing.flatMap(({ id }) => peer.scores.get(id) ?? []),
    );
  };
  const forget = (): void => {
    peer.scores.delete(producer.id);
    rate();
  };
  producer.on('score', async (scores) => {
    // Of the layers of a picture the best one counts: the others may not be sent at all.
    const best = Math.max(0, ...scores.map(({ score }) => score));
    if (best === 0 && !(await isFlowing(producer))) return forget();
    if (producer.closed) return;
    peer.scores.set(producer.id, best);
    rate();
  });
  // What is resumed begins with a clean sheet, in the worker too.
  producer.observer.on('pause', forget);
  producer.observer.once('close', forget);
};
