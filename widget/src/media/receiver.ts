import type { ConsumerOptions, Source } from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import type { Call } from './signalling.ts';

export type Received = { id: string; clientId: number; source: Source; track: MediaStreamTrack };

/** Receives what the server sends, and says so; what comes before there is a transport waits for it. */
export const createReceiver = (deps: {
  call: Call;
  received: (consumer: Received) => void;
  ended: (consumerId: string) => void;
}) => {
  let transport: types.Transport | undefined;
  let early: ConsumerOptions[] = [];
  const consumers = new Map<string, { consumer: types.Consumer; clientId: number }>();
  /** Ended while they were being set up. */
  const gone = new Set<string>();

  /** Sets consumers up over a transport, and answers with those that failed. */
  const setUp = async (on: types.Transport, list: ConsumerOptions[]): Promise<ConsumerOptions[]> => {
    const ready: string[] = [];
    // All in one go: mediasoup-client merges them into one round of session description.
    const settled = await Promise.allSettled(
      list.map(async ({ id, producerId, kind, rtpParameters, clientId, source }) => {
        if (on !== transport || gone.delete(id)) return;
        // Sound and picture of one camera belong together, and so do those of one screen: browsers synchronize a stream.
        const streamId = source === 'mic' || source === 'camera' ? `${clientId}` : `${clientId}-screen`;
        const consumer = await on.consume({ id, producerId, kind, rtpParameters: rtpParameters as never, streamId });
        if (on !== transport || gone.delete(id)) {
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

  const consume = async (list: ConsumerOptions[]): Promise<void> => {
    const on = transport;
    if (!on) {
      early.push(...list);
      return;
    }
    // A round fails as a whole, for one that cannot be received: each gets another chance, alone.
    for (const failed of await setUp(on, list)) await setUp(on, [failed]);
  };

  return {
    consume,
    attach(next: types.Transport): void {
      transport = next;
      const waiting = early;
      early = [];
      if (waiting.length > 0) void consume(waiting);
    },
    detach(): void {
      transport = undefined;
      gone.clear();
      for (const id of [...consumers.keys()]) {
        consumers.delete(id);
        deps.ended(id);
      }
    },
    end(id: string): void {
      early = early.filter((consumer) => consumer.id !== id);
      const entry = consumers.get(id);
      if (!entry) {
        if (transport) gone.add(id);
        return;
      }
      consumers.delete(id);
      entry.consumer.close();
      deps.ended(id);
    },
    of: (clientId: number): types.Consumer[] =>
      [...consumers.values()].filter((entry) => entry.clientId === clientId).map(({ consumer }) => consumer),
    forget(): void {
      early = [];
    },
  };
};
