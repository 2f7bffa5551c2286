import { createHmac } from 'node:crypto';
import type { MediaSession } from '@meetframe/contract/sfu';

const life = 12 * 3600;

/** How a device wants its media to be transported; see `session.hello`. */
export type Route = {
  relayServer?: string | undefined;
  relay?: 'relay' | 'all' | undefined;
  transport?: 'udp' | 'tcp' | undefined;
};

const address = /^(turns?:)?((?:[\w-]+\.)*[\w-]+|\[[\da-f:.]+\])(:\d{1,5})?$/i;

/** True for `host`, `host:port`, and either with `turn:` or `turns:` before it. */
export const isRelay = (server: string): boolean => address.test(server);

/**
 * The protocols by which a device's transports should be reachable. A TURN relay always connects over UDP, however the device
 * reaches the relay. Without a relay, `tcp` means TCP only, and anything else means UDP with TCP as a fallback.
 */
export const protocolsFor = ({ relayServer, relay = 'relay', transport }: Route): { udp: boolean; tcp: boolean } =>
  relayServer ? { udp: true, tcp: relay === 'all' } : { udp: transport !== 'tcp', tcp: true };

/**
 * Time-limited credentials for a TURN server, by the shared-secret scheme that coturn and others use. `transport` says how the
 * browser reaches the relay; if it is not given, UDP is tried before TCP. TLS always runs over TCP.
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

/** The ICE servers that a browser is given. Without a relay server it always connects directly. */
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
