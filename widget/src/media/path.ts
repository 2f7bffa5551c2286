import { RTCPeerError } from '@meetframe/contract';
import type { types } from 'mediasoup-client';
import type { Call } from './signalling.ts';

/** Milliseconds that a transport may be disconnected before ICE is restarted: a short interruption ends without it. */
const disconnectedTime = 2_000;
/** Milliseconds that an ICE restart may take. */
const restartTime = 6_000;
const mostRestarts = 2;
/** Milliseconds after which fresh credentials of a relay are asked for again when the server did not answer. */
const renewAgain = 10_000;

/**
 * Watches the connection of the transports to the media server and restores it: first by ICE restarts, which keep
 * producers and consumers, then by new transports.
 */
export const createPath = (deps: { call: Call; rebuild: () => void; recovered: () => void }) => {
  let transports: types.Transport[] = [];
  let restarts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let renewal: ReturnType<typeof setTimeout> | undefined;

  const restartIce = async (transport: types.Transport): Promise<number | undefined> => {
    const answer = await deps.call('media.restartIce', { transportId: transport.id });
    const { iceParameters, iceServers, renewIceIn } = answer;
    if (iceServers && !transport.closed) await transport.updateIceServers({ iceServers: iceServers as RTCIceServer[] });
    if (!transport.closed) await transport.restartIce({ iceParameters });
    return renewIceIn;
  };
  /** Gets fresh credentials of a relay before the old ones expire, and restarts ICE with them. */
  const renewIn = (milliseconds: number | undefined): void => {
    clearTimeout(renewal);
    if (milliseconds === undefined) return;
    const mine = transports;
    renewal = setTimeout(async () => {
      const next = await Promise.all(mine.map(restartIce)).catch(() => [renewAgain]);
      if (mine === transports) renewIn(next[0]);
    }, milliseconds);
  };

  const restart = async (): Promise<void> => {
    const mine = transports;
    const broken = mine.filter(({ connectionState }) => /^(disconnected|failed)$/.test(connectionState));
    if (broken.length === 0) return;
    if (restarts >= mostRestarts) return deps.rebuild();
    restarts++;
    try {
      await Promise.all(broken.map(restartIce));
    } catch (error) {
      if (mine !== transports) return;
      // The server does not know the transport any more: a restart cannot help.
      if (RTCPeerError.from(error).code === 'NOT_FOUND') return deps.rebuild();
    }
    if (mine === transports) restartIn(restartTime);
  };
  const restartIn = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void restart(), milliseconds);
  };

  return {
    /** `renewAfter`: after how many milliseconds the credentials of a relay are renewed; `undefined` without a relay. */
    watch(next: types.Transport[], renewAfter?: number): void {
      clearTimeout(timer);
      transports = next;
      renewIn(renewAfter);
      restarts = 0;
      for (const transport of next)
        transport.on('connectionstatechange', (state) => {
          if (transports !== next || transport.closed) return;
          if (state === 'failed') restartIn(0);
          else if (state === 'disconnected') restartIn(disconnectedTime);
          else if (state === 'connected') {
            // One connected transport does not mean that the other one is connected.
            if (next.some(({ connectionState }) => /^(disconnected|failed)$/.test(connectionState))) return;
            clearTimeout(timer);
            restarts = 0;
            deps.recovered();
          }
        });
    },
    /** After signalling was interrupted: checks at once whether the transports are still connected. */
    check(): void {
      restarts = 0;
      restartIn(0);
    },
    forget(): void {
      clearTimeout(timer);
      clearTimeout(renewal);
      transports = [];
    },
  };
};
