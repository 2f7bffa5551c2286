import { isIP } from 'node:net';
import { RTCPeerError } from '@meetframe/contract/error';
import type { Config } from '../config.ts';

type Headers = Record<string, string | string[] | undefined>;

/** A name or address with or without a port: nothing that a URL would read as a user, a path or an escape. */
const hostForm = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d+)?$/i;
const nameOf = (host: string): string | undefined =>
  hostForm.test(host) ? URL.parse(`http://${host}`)?.hostname.replace(/\.$/, '') : undefined;

/**
 * The names under which the platform answers: its public one, those of `ALLOWED_HOSTS`, `localhost`, and IP addresses. Otherwise an attacker
 * could point a name at this server, whose pages would then count as the platform's own (DNS rebinding). IP addresses are safe, because
 * no page of another server has them as its host.
 */
export const makeHostCheck = ({ ALLOWED_HOSTS, TRUST_PROXY, HOST }: Config, origin: () => string) => {
  const own = new Set(['localhost', HOST.toLowerCase(), ...ALLOWED_HOSTS]);
  const isOwn = (name: string): boolean =>
    isIP(name.replace(/^\[|\]$/g, '')) !== 0 || own.has(name) || name === new URL(origin()).hostname;

  /**
   * What is wrong with the host of a request; `undefined` when nothing is. HTTP 1.0 sends none. Behind a proxy both `Host` and
   * `X-Forwarded-Host` must name the platform, because a page could send the second header itself.
   */
  return (headers: Headers): RTCPeerError | undefined => {
    const forwarded = TRUST_PROXY ? String(headers['x-forwarded-host'] ?? '').split(',') : [];
    const hosts = [headers.host ?? 'localhost', ...forwarded].map((host) => String(host).trim());
    const wrong = hosts.filter((host, index) => index === 0 || host !== '').find((host) => !isOwn(nameOf(host) ?? ''));
    if (wrong === undefined) return undefined;
    const asked = nameOf(wrong) ?? 'no valid name';
    const { host } = new URL(origin());
    return new RTCPeerError(
      'FORBIDDEN',
      `This request is for the host ${asked}, but the platform has the host ${host}. If browsers use ${asked}, set PUBLIC_ORIGIN to that ` +
        'address; if a proxy replaces the header Host, let it pass the one of the browser; ALLOWED_HOSTS lists further names.',
      { fault: 'host', field: 'host', expected: host },
    );
  };
};
