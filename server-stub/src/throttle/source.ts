import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All callers without a valid address count as one source. */
const unknown = 'unknown';

/**
 * The address that a request comes from; behind a proxy the last one in `X-Forwarded-For`, which the proxy itself wrote, also
 * with a port and in brackets. An IPv4 address that came as IPv6 (`::ffff:…`) is the IPv4 one.
 */
export const sourceAddress = (
  request: { headers: Record<string, string | string[] | undefined>; socket: { remoteAddress?: string } },
  trustProxy: boolean,
): string => {
  const forwarded = trustProxy ? String(request.headers['x-forwarded-for'] ?? '').split(',') : [];
  const text = forwarded.at(-1)?.trim() || (request.socket.remoteAddress ?? '');
  const address = text.replace(/^\[(.*)\](:\d+)?$/, '$1').replace(/^([\d.]+):\d+$/, '$1');
  return isIP(address) ? ipaddr.process(address).toString() : unknown;
};

/** The network that limits count as one source: an IPv4 address, or the /64 of an IPv6 address, the smallest network that providers assign. */
export const networkOf = (ip: string): string => {
  if (!isIP(ip)) return unknown;
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = address.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
};

/**
 * The source by which attempts are counted: a user whom an administrator created, otherwise the network. Pages of partners can create
 * any number of users (6.2), so these are counted by network.
 */
export const sourceOf = ({ user, ip }: { user: { id: number; appId: string } | undefined; ip: string }): string =>
  user?.appId === '' ? `user ${user.id}` : networkOf(ip);
