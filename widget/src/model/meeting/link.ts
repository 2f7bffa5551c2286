import type { RTCPeerError, Source } from '@meetframe/contract';
import { createModel, effect, signal } from '@preact/signals';
import type { MediaSession } from '../../media/session.ts';
import { createMediaStack, type LoadStack } from '../../media/stack.ts';
import type { Client } from '../../platform/client.ts';
import type { ReceivingModel } from './receiving.ts';
import type { SeatModel } from './seat.ts';
import type { StreamsModel } from './streams.ts';

export type LinkModel = InstanceType<typeof Link>;

/** The media link to the server, with a transport for each direction: its consumers and its renewal. */
export const Link = createModel(
  (deps: {
    client: Client;
    seat: SeatModel;
    streams: StreamsModel;
    receiving: ReceivingModel;
    report: (error: RTCPeerError) => void;
    load: LoadStack | undefined;
  }) => {
    const { client, seat, streams, receiving } = deps;
    /** The media server cannot be reached, and no attempt is made any more. */
    const isLost = signal(false);
    const refusals = new Set<(source: Source, error: RTCPeerError) => void>();
    const media = createMediaStack({
      call: client.call,
      load: deps.load,
      events: {
        received: streams.add,
        ended: streams.end,
        refused(source, error) {
          for (const listener of refusals) listener(source, error);
        },
        renewed() {
          isLost.value = false;
          receiving.again();
        },
        failed(error) {
          isLost.value = true;
          deps.report(error);
        },
      },
    });

    seat.follow({
      left() {
        media.session?.leave();
        isLost.value = false;
      },
    });
    effect(() =>
      client.onConnection('state', ({ state }) => {
        if (state !== 'connected' || !seat.isIn()) return;
        receiving.again();
        media.session?.check();
      }),
    );
    effect(() =>
      client.on('media.consumers', ({ transportId, consumers }) => void media.session?.consume(transportId, consumers)),
    );
    effect(() =>
      client.on('media.consumersClosed', ({ consumerIds }) => {
        for (const id of consumerIds) media.session?.end(id);
      }),
    );
    effect(() =>
      client.on('media.layers', ({ producerId, maxLayer }) => void media.session?.limitLayers(producerId, maxLayer)),
    );
    effect(() => client.on('media.reset', () => void media.session?.restart()));
    effect(() => () => media.close());

    return {
      isLost,
      /** Calls the listener when a source could not be published again. Returns a function that removes it. */
      onRefused(listener: (source: Source, error: RTCPeerError) => void): () => void {
        refusals.add(listener);
        return () => void refusals.delete(listener);
      },
      /** Connects to the media server once more. */
      async retry(): Promise<void> {
        isLost.value = false;
        await media.session?.restart();
      },
      /** Loads the media code, so that entering is quick. Needs no connection. */
      load: media.load,
      /** Loads the media code and prepares it. Resolves with the RTP capabilities for receiving. */
      async prepare(): ReturnType<MediaSession['prepare']> {
        const { rtpCapabilities } = await client.welcome();
        return media.prepare(rtpCapabilities);
      },
      /** `undefined` before the first {@link prepare} is done. */
      session: (): MediaSession | undefined => media.session,
    };
  },
);
