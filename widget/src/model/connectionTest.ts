import { type MediaProbe, RTCPeerError } from '@meetframe/contract';
import { createModel, effect, signal } from '@preact/signals';
import { type Reached, reach, type Way } from '../media/probe.ts';
import type { Client } from '../platform/client.ts';

/** `way`: how media reaches the server, `undefined` when nothing does. `server`: the platform itself does not answer. */
export type ConnectionResult = { way: Way | undefined; rtt: number; server?: RTCPeerError; ports: string[] };

type Try = (probe: MediaProbe, protocol: 'udp' | 'tcp') => Promise<Reached | undefined>;

/** Tests whether the platform and its media servers can be reached, and measures the round trip. The test starts when the model is created. */
export const ConnectionTest = createModel(
  ({ client, attempt = reach }: { client: Pick<Client, 'call'>; attempt?: Try }) => {
    /** `undefined` during the test. */
    const result = signal<ConnectionResult | undefined>(undefined);
    let run = 0;

    const test = async (): Promise<ConnectionResult> => {
      const start = performance.now();
      await client.call('session.ping', {});
      const ping = Math.round(performance.now() - start);
      const probes = await Promise.all([client.call('media.probe', {}), client.call('media.probe', {})]);
      // A browser that refuses to make the connection cannot take this way either.
      const [udp, tcp] = await Promise.all(
        (['udp', 'tcp'] as const).map((protocol, index) =>
          attempt(probes[index] as MediaProbe, protocol).catch(() => undefined),
        ),
      );
      const best = [udp, tcp].find((one) => one && one.way !== 'relay') ?? udp ?? tcp;
      const ports = probes[0].iceCandidates.map(({ protocol, address, port }) => `${protocol} ${address}:${port}`);
      return { way: best?.way, rtt: best?.rtt ?? ping, ports: [...new Set(ports)] };
    };
    const again = async (): Promise<void> => {
      const mine = ++run;
      result.value = undefined;
      const found = await test().catch(
        (error: unknown): ConnectionResult => ({ way: undefined, rtt: 0, server: RTCPeerError.from(error), ports: [] }),
      );
      if (mine === run) result.value = found;
    };
    effect(() => {
      void again();
      return () => {
        run++;
      };
    });
    return { result, again };
  },
);
