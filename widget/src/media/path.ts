import { RTCPeerError } from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import type { Call } from './signalling.ts';

/** A short gap heals by itself: so long a path may be interrupted before anything is done, in milliseconds. */
const patience = 2_000;
/** So long an ICE restart may take. */
const restartTime = 6_000;
const mostRestarts = 2;

/**
 * Keeps watch over the way to the media server and mends it: ICE restarts first, which keep everything that is sent and
 * received; new transports when those do not help.
 */
export const createPath = (deps: { call: Call; rebuild: () => void; mended: () => void }) => {
  let transports: types.Transport[] = [];
  let restarts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const mend = async (): Promise<void> => {
    const mine = transports;
    const broken = mine.filter(({ connectionState }) => /^(disconnected|failed)$/.test(connectionState));
    if (broken.length === 0) return;
    if (restarts >= mostRestarts) return deps.rebuild();
    restarts++;
    try {
      await Promise.all(
        broken.map(async (transport) => {
          const { iceParameters } = await deps.call('media.restartIce', { transportId: transport.id });
          if (!transport.closed) await transport.restartIce({ iceParameters });
        }),
      );
    } catch (error) {
      if (mine !== transports) return;
      // The server does not know the transport any more: a restart cannot help.
      if (RTCPeerError.from(error).code === 'NOT_FOUND') return deps.rebuild();
    }
    if (mine === transports) mendIn(restartTime);
  };
  const mendIn = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void mend(), milliseconds);
  };

  return {
    watch(next: types.Transport[]): void {
      clearTimeout(timer);
      transports = next;
      restarts = 0;
      for (const transport of next)
        transport.on('connectionstatechange', (state) => {
          if (transports !== next || transport.closed) return;
          if (state === 'failed') mendIn(0);
          else if (state === 'disconnected') mendIn(patience);
          else if (state === 'connected') {
            // One transport that stands does not heal the other.
            if (next.some(({ connectionState }) => /^(disconnected|failed)$/.test(connectionState))) return;
            clearTimeout(timer);
            restarts = 0;
            deps.mended();
          }
        });
    },
    /** After a gap in signalling: looks at once whether the path still stands. */
    check(): void {
      restarts = 0;
      mendIn(0);
    },
    forget(): void {
      clearTimeout(timer);
      transports = [];
    },
  };
};
