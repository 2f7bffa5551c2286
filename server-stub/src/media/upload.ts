import type { types } from 'mediasoup';
import type { Peer } from './peer.ts';

/** A producer that sends nothing scores 0 like one that loses most packets, but says nothing about the path. */
const isFlowing = async (producer: types.Producer): Promise<boolean> => {
  const stats = await producer.getStats().catch(() => []);
  return stats.some(({ bitrate }) => bitrate > 0);
};

/** Rates a peer's upload by how well its producers arrive; see `Peer.quality`. */
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
    // Of the simulcast layers the best one counts: the others may not be sent at all.
    const best = Math.max(0, ...scores.map(({ score }) => score));
    if (best === 0 && !(await isFlowing(producer))) return forget();
    if (producer.closed) return;
    peer.scores.set(producer.id, best);
    rate();
  });
  // A producer that is resumed is rated from nothing, in the worker too.
  producer.observer.on('pause', forget);
  producer.observer.once('close', forget);
};
