import { createHmac } from 'node:crypto';
import type { MediaSession } from '@meetframe/contract/sfu';

const life = 12 * 3600;

/** How a device wants its media to travel; see `session.hello`. */
export type Route = {
  relayServer?: string | undefined;
  relay?: 'relay' | 'all' | undefined;
  transport?: 'udp' | 'tcp' | undefined;
};

const address = /^(turns?:)?((?:[\w-]+\.)*[\w-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** True for `host`, `host:port`, and either with `turn:` or `turns:` before it. */
export const isRelay = (server: string): boolean => address.test(server);

/**
 * By which protocols a device's transports should be reachable. A relay always comes over UDP, whatever the device uses to
 * reach the relay; without one, `tcp` means TCP only, and anything else UDP with TCP to fall back on.
 */
export const protocolsFor = ({ relayServer, relay = 'relay', transport }: Route): { udp: boolean; tcp: boolean } =>
  relayServer ? { udp: true, tcp: relay === 'all' } : { udp: transport !== 'tcp', tcp: true };

/**
 * Time-limited credentials for a TURN server, by the shared-secret scheme that coturn and others use. The relay is reached by
 * `transport`; where none is named over UDP, or TCP where that does not get through. TLS is over TCP always.
 */
export const relayCredentials = (
  { server, transport }: { server: string; transport?: 'udp' | 'tcp' | undefined },
  secret: string,
  name: string,
  now = Date.now(),
) => {
  const username = `${Math.floor(now / 1000) + life}:${name}`;
  const host = server.replace(/^turns?:/i, '');
  const tls = /^turns:/i.test(server);
  const ways = tls ? ['tcp'] : transport ? [transport] : ['udp', 'tcp'];
  return {
    urls: ways.map((way) => `${tls ? 'turns' : 'turn'}:${host}?transport=${way}`),
    username,
    credential: createHmac('sha1', secret).update(username).digest('base64'),
  };
};

/** What a browser is told of relays. Without a relay server of its own it always connects directly. */
export const iceFor = (
  { relayServer, relay = 'relay', transport }: Route,
  secret: string | undefined,
  name: string,
): Pick<MediaSession, 'iceServers' | 'iceTransportPolicy'> =>
  relayServer && secret
    ? {
        iceServers: [relayCredentials({ server: relayServer, transport }, secret, name)],
        iceTransportPolicy: relay,
      }
    : { iceServers: [], iceTransportPolicy: 'all' };
