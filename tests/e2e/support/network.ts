import { createSocket, type Socket } from 'node:dgram';
import type { BrowserContext, WebSocketRoute } from '@playwright/test';
import type { Person } from '../../media/make.ts';
import { type Join, oa, type Participant } from './people.ts';

/** Milliseconds that a packet waits at most in front of a narrow line; what would wait longer is lost. */
const longestWait = 250;

/** A line that carries so many kilobits a second: packets wait for one another, as in a router. */
const narrowLine = (kbps: () => number) => {
  let freeAt = 0;
  return (bytes: number, pass: () => void): void => {
    const now = performance.now();
    const wait = Math.max(0, freeAt - now);
    if (wait > longestWait) return;
    freeAt = now + wait + (bytes * 8) / kbps();
    if (wait > 0) setTimeout(pass, wait);
    else pass();
  };
};

/** The way of UDP packets between browsers and one port of the media server. */
const openWay = async (mediaPort: number, isStopped: (browser: string) => boolean, downstream: () => number) => {
  const front = createSocket('udp4');
  const backs = new Map<string, Socket>();
  const down = narrowLine(downstream);
  let closed = false;
  front.on('message', (packet, { address, port }) => {
    const browser = `${address}:${port}`;
    if (isStopped(browser)) return;
    const known = backs.get(browser);
    const back = known ?? createSocket('udp4');
    if (!known) {
      backs.set(browser, back);
      back.on('message', (answer) => {
        if (isStopped(browser)) return;
        down(answer.length, () => {
          if (!closed) front.send(answer, port, address);
        });
      });
      back.connect(mediaPort, '127.0.0.1', () => back.send(packet));
      back.on('error', () => {});
    } else
      try {
        back.send(packet);
      } catch {
        // Not connected yet: a lost packet, as on any network.
      }
  });
  await new Promise<void>((resolve) => front.bind(0, '127.0.0.1', resolve));
  return {
    port: front.address().port,
    browsers: () => [...backs.keys()],
    close() {
      closed = true;
      front.close();
      for (const back of backs.values()) back.close();
    },
  };
};

type Request = { module: string; method: string; [field: string]: unknown };

/**
 * The network between a browser context and the platform, for tests that break it: signalling and media both go through
 * here. Nothing but addresses is changed on the way, unless a test says so with `edit`.
 */
const openNetwork = async (context: BrowserContext) => {
  const ways = new Map<number, Awaited<ReturnType<typeof openWay>>>();
  const forgotten = new Set<string>();
  const routes = new Set<WebSocketRoute>();
  const requests: Request[] = [];
  let mediaStopped = false;
  let isLossy = false;
  let passed = 0;
  let downstream = Number.POSITIVE_INFINITY;
  let signallingStopped = false;
  let edit = (request: Request): Request => request;
  let onRequest = (_name: string): void => {};

  const portFor = async (mediaPort: number): Promise<number> => {
    const way =
      ways.get(mediaPort) ??
      (await openWay(
        mediaPort,
        (from) => mediaStopped || (isLossy && passed++ % 2 === 0) || forgotten.has(from),
        () => downstream,
      ));
    ways.set(mediaPort, way);
    return way.port;
  };
  /** Candidates lead through here; TCP ones, which would go round, are left out. */
  const redirect = async (text: string): Promise<string> => {
    if (!text.includes('"iceCandidates"')) return text;
    const ports = new Map<number, number>();
    for (const [, port] of text.matchAll(/"port":(\d+)/g)) ports.set(Number(port), await portFor(Number(port)));
    return JSON.stringify(
      JSON.parse(text, (key, value) =>
        key === 'iceCandidates'
          ? value
              .filter(({ protocol }: { protocol: string }) => protocol === 'udp')
              .map((candidate: { port: number }) => ({ ...candidate, port: ports.get(candidate.port) }))
          : value,
      ),
    );
  };

  context.once('close', () => {
    for (const way of ways.values()) way.close();
  });
  await context.routeWebSocket(/\/app\/socket/, (page) => {
    if (signallingStopped) {
      void page.close({ code: 4000, reason: 'no network' });
      return;
    }
    const server = page.connectToServer();
    routes.add(page).add(server);
    page.onMessage((text) => {
      const request = edit(JSON.parse(String(text)) as Request);
      requests.push(request);
      onRequest(`${request.module}.${request.method}`);
      server.send(JSON.stringify(request));
    });
    // In order, though redirecting may take a moment.
    let order = Promise.resolve();
    server.onMessage((text) => {
      order = order.then(async () => page.send(await redirect(String(text))));
    });
  });

  return {
    /** What the widget asked the server so far, by the name of the method. */
    asked: (name: string): Request[] => requests.filter(({ module, method }) => `${module}.${method}` === name),
    /** Changes what the widget says, for tests of widgets that know less or behave worse. */
    edit(change: (request: Request) => Request): void {
      edit = change;
    },
    /** As when a router on the way loses its table: what came from the browser's sockets of now passes no more. */
    forgetMedia(): void {
      for (const way of ways.values()) for (const browser of way.browsers()) forgotten.add(browser);
    },
    /** Every other media packet is lost, either way, from now on. */
    loseHalf(): void {
      isLossy = true;
    },
    /** The browser receives no more than so many kilobits of media a second from now on. */
    narrow(kbps: number): void {
      downstream = kbps;
    },
    /** No media packet passes, until the widget has asked for `name`. */
    stopMediaUntil(name: string): void {
      mediaStopped = true;
      onRequest = (asked) => {
        if (asked === name) mediaStopped = false;
      };
    },
    /** Cuts the socket, and refuses new ones until `mendSignalling`. */
    async cutSignalling(): Promise<void> {
      signallingStopped = true;
      // With 1000 or 1001 the server would take it for a page that was closed.
      for (const route of routes) await route.close({ code: 4000, reason: 'cut by the test' });
      routes.clear();
    },
    mendSignalling(): void {
      signallingStopped = false;
    },
  };
};
export type Network = Awaited<ReturnType<typeof openNetwork>>;

/** Somebody whose network can be broken. */
export const joinOverNetwork = async (
  join: Join,
  person: Person,
  options: Partial<Parameters<Join>[1]> = {},
): Promise<Participant & { network: Network }> => {
  let network: Network | undefined;
  const prepare = async (context: BrowserContext) => {
    await options.prepare?.(context);
    network = await openNetwork(context);
  };
  const participant = await join(person, { ...oa(person), ...options, prepare });
  return { ...participant, network: network as Network };
};
