import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** What is no address at all counts as one source. */
const unknown = 'unknown';

/**
 * The address that a request comes from; behind a proxy the one that the proxy itself wrote, last in `X-Forwarded-For`, also with
 * a port and in brackets. An IPv4 address that came as IPv6 (`::ffff:…`) is the IPv4 one.
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

/** What a limit counts as one: an IPv4 address, or the /64 of an IPv6 one, which is the least that anybody is given. */
export const networkOf = (ip: string): string => {
  if (!isIP(ip)) return unknown;
  const address = ipaddr.process(ip);
  if (address instanceof ipaddr.IPv4) return address.toString();
  const network = address.parts.slice(0, 4).map((part) => part.toString(16));
  return `${network.join(':')}::/64`;
};

/**
 * Whose attempts are counted together: those of a user whom an administrator made, or of a network. A partner's pages make as many
 * users as they like (6.2), so that these count as their network.
 */
export const sourceOf = ({ user, ip }: { user: { id: number; appId: string } | undefined; ip: string }): string =>
  user?.appId === '' ? `user ${user.id}` : networkOf(ip);
