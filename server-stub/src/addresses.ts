import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

type Address = ipaddr.IPv4 | ipaddr.IPv6;
type Network = [Address, number];

/** An address as it is usually written, and in no other way: without zone, without shortened or hexadecimal IPv4 parts. */
const parse = (text: string): Address | undefined =>
  isIP(text) !== 0 && !text.includes('%') ? ipaddr.parse(text) : undefined;

/** An address, or a network as `address/bits`; `undefined` for anything else. */
export const parseNetwork = (text: string): Network | undefined => {
  const address = parse(text.replace(/\/\d{1,3}$/, ''));
  const most = address?.kind() === 'ipv4' ? 32 : 128;
  const bits = Number(/\/(\d+)$/.exec(text)?.[1] ?? most);
  return address && bits <= most ? [address, bits] : undefined;
};

/** True for an address in one of the networks, which are written as {@link parseNetwork} reads them. */
export const isWithin = (text: string, networks: readonly string[]): boolean => {
  const address = parse(text);
  return networks.some((each) => {
    const network = parseNetwork(each);
    return network && network[0].kind() === address?.kind() && address.match(network);
  });
};

/** The only range from which public IPv6 addresses are assigned. */
const global6 = '2000::/3';

/** True for a host of the internet at large: in none of the ranges that the registries of IANA keep for special purposes. */
export const isPublicAddress = (text: string): boolean =>
  parse(text)?.range() === 'unicast' && (isIP(text) === 4 || isWithin(text, [global6]));

const relayAddress = /^(?:(turns?):)?((?:[\w-]+\.)*[\w-]+|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i;

/** True for `host`, `host:port`, and either with `turn:` or `turns:` before it. */
export const isRelay = (server: string): boolean => relayAddress.test(server);

/** The parts of a relay's address, with its usual port unless one is given. */
export const relayParts = (server: string): { scheme: string; host: string; port: number } => {
  const [, scheme = 'turn', host = '', port] = relayAddress.exec(server.toLowerCase()) ?? [];
  return { scheme, host, port: Number(port ?? (scheme === 'turns' ? 5349 : 3478)) };
};
