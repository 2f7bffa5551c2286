import type { IncomingHttpHeaders } from 'node:http';
import type { Log } from '../log.ts';

const mostHints = 20;
const first = (value: string | string[] | undefined): string =>
  String(value ?? '')
    .split(',', 1)[0]
    ?.trim() ?? '';

/** Whether a proxy has passed the request on, as far as its headers say. */
export const cameThroughProxy = (headers: IncomingHttpHeaders): boolean =>
  ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'x-real-ip', 'via'].some(
    (name) => name in headers,
  );

/**
 * Logs warnings about a proxy in front of the platform that is configured wrongly: each warning once, and `mostHints` at most.
 * `otherNames`: further names that the platform is allowed to have.
 */
export const makeProxyHints = (log: Log, origin: () => string, otherNames: readonly string[] = []) => {
  const told = new Set<string>();
  const tell = (key: string, values: object, message: string): void => {
    if (told.has(key) || told.size >= mostHints) return;
    told.add(key);
    log.warn(values, message);
  };
  return {
    /** A request for a host that is not the platform's. */
    refused: (reason: string): void => tell(reason, { reason }, 'a request was refused with 421'),
    /** Warns when the headers of a proxy name another address than PUBLIC_ORIGIN as the one that browsers use. */
    look(headers: IncomingHttpHeaders): void {
      const scheme = first(headers['x-forwarded-proto']);
      const host = first(headers['x-forwarded-host']) || first(headers.host);
      const asked = /^https?$/.test(scheme) ? URL.parse(`${scheme}://${host}`) : null;
      if (!asked || asked.origin === origin() || otherNames.includes(asked.hostname)) return;
      tell(
        `origin ${asked.origin}`,
        { asked: asked.origin, PUBLIC_ORIGIN: origin() },
        'a proxy passes requests on that browsers sent to another address than PUBLIC_ORIGIN: set PUBLIC_ORIGIN to that address',
      );
    },
    /** A page of another origin than the platform's behaved as the widget. */
    strangeWidget: (from: string): void =>
      tell(
        `widget ${from}`,
        { from, PUBLIC_ORIGIN: origin() },
        'the widget was loaded from another address than PUBLIC_ORIGIN: behind a proxy set PUBLIC_ORIGIN to the address that browsers use',
      ),
    notUpgraded: (headers: IncomingHttpHeaders): void => {
      if (cameThroughProxy(headers))
        tell(
          'upgrade',
          {},
          'a proxy does not pass WebSockets on: /app/socket needs the headers Upgrade and Connection',
        );
    },
  };
};
export type ProxyHints = ReturnType<typeof makeProxyHints>;
