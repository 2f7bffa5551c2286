import { isIP } from 'node:net';
import { RTCPeerError } from '@meetframe/contract/error';
import type { Config } from '../config.ts';

type Headers = Record<string, string | string[] | undefined>;

/**
 * Under which names the platform answers: its public one, those of `ALLOWED_HOSTS`, `localhost`, and addresses. A name that somebody else
 * points at this server would otherwise be taken for the platform's own pages (DNS rebinding).
 */
export const makeHostCheck = ({ ALLOWED_HOSTS, TRUST_PROXY }: Config, origin: () => string) => {
  const nameOf = (host: string): string | undefined => URL.parse(`http://${host}`)?.hostname;
  const isOwn = (name: string): boolean =>
    isIP(name.replace(/^\[|\]$/g, '')) !== 0 ||
    name === 'localhost' ||
    name === new URL(origin()).hostname ||
    ALLOWED_HOSTS.includes(name);

  /** What is wrong with the host of a request; `undefined` when nothing is. HTTP 1.0 sends none. */
  return (headers: Headers): RTCPeerError | undefined => {
    const forwarded = TRUST_PROXY ? headers['x-forwarded-host'] : undefined;
    const host =
      String(forwarded ?? headers.host ?? 'localhost')
        .split(',')[0]
        ?.trim() ?? '';
    const name = nameOf(host);
    if (name !== undefined && isOwn(name)) return undefined;
    return new RTCPeerError(
      'FORBIDDEN',
      `This platform does not answer under the name of this request. It answers as ${origin()} (PUBLIC_ORIGIN); ALLOWED_HOSTS ` +
        'lists further names. A proxy in front of it must pass the header Host on.',
      { field: 'host', expected: new URL(origin()).host },
    );
  };
};
