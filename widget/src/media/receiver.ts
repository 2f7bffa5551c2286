import type { ConsumerOptions, Source } from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import type { Call } from './signalling.ts';

export type Received = { id: string; clientId: number; source: Source; track: MediaStreamTrack };

/**
 * Sets up the consumers that the server announces and acknowledges them. Those announced before their transport is
 * attached wait for it, also while an older one is still attached.
 */
export const createReceiver = (deps: {
  call: Call;
  received: (consumer: Received) => void;
  ended: (consumerId: string) => void;
}) => {
  let transport: types.Transport | undefined;
  let early: { transportId: string; consumers: ConsumerOptions[] }[] = [];
  const consumers = new Map<string, { consumer: types.Consumer; clientId: number }>();
  /** Ids of consumers that the server closed while they were being set up. */
  const closedEarly = new Set<string>();

  /** Sets consumers up on a transport. Returns those that failed. */
  const setUp = async (on: types.Transport, list: ConsumerOptions[]): Promise<ConsumerOptions[]> => {
    const ready: string[] = [];
    // All at once: mediasoup-client then needs one SDP negotiation for all of them.
    const settled = await Promise.allSettled(
      list.map(async ({ id, producerId, kind, rtpParameters, clientId, source }) => {
        if (on !== transport || closedEarly.delete(id)) return;
        // Microphone and camera share a stream, and so do video and audio of a screen: browsers synchronize the tracks
        // of a stream.
        const streamId = source === 'mic' || source === 'camera' ? `${clientId}` : `${clientId}-screen`;
        const consumer = await on.consume({ id, producerId, kind, rtpParameters: rtpParameters as never, streamId });
        if (on !== transport || closedEarly.delete(id)) {
          consumer.close();
          return;
        }
        consumers.set(id, { consumer, clientId });
        ready.push(id);
        deps.received({ id, clientId, source, track: consumer.track });
      }),
    );
    if (on === transport && ready.length > 0)
      await deps.call('media.resumeConsumers', { consumerIds: ready }).catch(() => {});
    return list.filter((_, index) => settled[index]?.status === 'rejected');
  };

  const consume = async (transportId: string, list: ConsumerOptions[]): Promise<void> => {
    const on = transport;
    if (on?.id !== transportId) {
      early.push({ transportId, consumers: list });
      return;
    }
    // One consumer that cannot be received fails the negotiation of all: each is tried once more, alone.
    for (const failed of await setUp(on, list)) await setUp(on, [failed]);
  };

  return {
    consume,
    attach(next: types.Transport): void {
      transport = next;
      const waiting = early.filter(({ transportId }) => transportId === next.id).flatMap(({ consumers }) => consumers);
      early = [];
      if (waiting.length > 0) void consume(next.id, waiting);
    },
    detach(): void {
      transport = undefined;
      closedEarly.clear();
      for (const id of [...consumers.keys()]) {
        consumers.delete(id);
        deps.ended(id);
      }
    },
    end(id: string): void {
      early = early.map((each) => ({ ...each, consumers: each.consumers.filter((consumer) => consumer.id !== id) }));
      const entry = consumers.get(id);
      if (!entry) {
        if (transport) closedEarly.add(id);
        return;
      }
      consumers.delete(id);
      entry.consumer.close();
      deps.ended(id);
    },
    of: (clientId: number): types.Consumer[] =>
      [...consumers.values()].filter((entry) => entry.clientId === clientId).map(({ consumer }) => consumer),
    ownerOf: (trackId: string): number | undefined =>
      [...consumers.values()].find(({ consumer }) => consumer.track.id === trackId)?.clientId,
    forget(): void {
      early = [];
    },
  };
};
