import { createHmac } from 'node:crypto';
import type { MediaSession } from '@meetframe/contract/sfu';
import { relayParts } from '../addresses.ts';
import type { Config } from '../config.ts';

/** How a device wants its media to be transported; see `session.hello`. */
export type Route = {
  relayServer?: string | undefined;
  relay?: 'relay' | 'all' | undefined;
  transport?: 'udp' | 'tcp' | undefined;
};

/** The same text for all spellings of one relay. */
const spelled = (server: string): string => {
  const { scheme, host, port } = relayParts(server);
  return `${scheme}:${host}:${port}`;
};

/**
 * The protocols by which a device's transports should be reachable. A TURN relay always connects over UDP, however the device
 * reaches the relay. Without a relay, `tcp` means TCP only, and anything else means UDP with TCP as a fallback.
 */
export const protocolsFor = ({ relayServer, relay = 'relay', transport }: Route): { udp: boolean; tcp: boolean } =>
  relayServer ? { udp: true, tcp: relay === 'all' } : { udp: transport !== 'tcp', tcp: true };

type Ice = Pick<MediaSession, 'iceServers' | 'iceTransportPolicy' | 'renewIceIn'>;
export type Relays = ReturnType<typeof makeRelays>;

/** The TURN servers of the platform. Credentials are given for these only: any other server could use the credentials at the platform's. */
export const makeRelays = ({
  TURN_SECRET: secret,
  TURN_SERVERS,
  TURN_TTL: life,
}: Pick<Config, 'TURN_SECRET' | 'TURN_SERVERS' | 'TURN_TTL'>) => {
  const offered = new Set(secret === undefined ? [] : TURN_SERVERS.map(spelled));

  /**
   * Credentials by the shared-secret scheme that coturn and others use. `transport` says how the browser reaches the relay; if it is
   * not given, UDP is tried before TCP. TLS always runs over TCP.
   */
  const credentials = (server: string, transport: Route['transport'], name: string, now: number) => {
    const username = `${Math.floor(now / 1000) + life}:${name}`;
    const { scheme, host, port } = relayParts(server);
    const ways = scheme === 'turns' ? ['tcp'] : transport ? [transport] : ['udp', 'tcp'];
    return {
      urls: ways.map((way) => `${scheme}:${host}:${port}?transport=${way}`),
      username,
      credential: createHmac('sha1', secret ?? '')
        .update(username)
        .digest('base64'),
    };
  };

  return {
    offers: (server: string): boolean => offered.has(spelled(server)),
    /** The ICE servers that a browser is given, and after how many ms it should ask for fresh credentials. Without a relay it connects directly. */
    iceFor({ relayServer, relay = 'relay', transport }: Route, name: string, now = Date.now()): Ice {
      if (!relayServer || !offered.has(spelled(relayServer))) return { iceServers: [], iceTransportPolicy: 'all' };
      return {
        iceServers: [credentials(relayServer, transport, name, now)],
        iceTransportPolicy: relay,
        renewIceIn: life * 750,
      };
    },
  };
};
