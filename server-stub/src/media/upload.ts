import type { types } from 'mediasoup';
import type { Peer } from './peer.ts';

/** A producer that sends nothing has the same score (0) as one that loses most packets, but says nothing about the network path. */
const isFlowing = async (producer: types.Producer): Promise<boolean> => {
  const stats = await producer.getStats().catch(() => []);
  return stats.some(({ bitrate }) => bitrate > 0);
};

/** Reports the scores of a peer's producers as the quality of its upload; see `Peer.quality`. */
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
    // Use the best simulcast layer only: the client may not send the others at all.
    const best = Math.max(0, ...scores.map(({ score }) => score));
    if (best === 0 && !(await isFlowing(producer))) return forget();
    if (producer.closed) return;
    peer.scores.set(producer.id, best);
    rate();
  });
  // The media worker starts the score of a resumed producer anew, so do the same here.
  producer.observer.on('pause', forget);
  producer.observer.once('close', forget);
};
