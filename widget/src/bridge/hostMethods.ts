import {
  channel,
  type Hello,
  type HostEnd,
  patientMethods,
  protocol,
  RTCPeerError,
  version,
  type Welcome,
  type WidgetOptions,
  type WireMethodName,
  widgetOptions,
} from '@meetframe/contract';
import { connect, type Methods, WindowMessenger } from 'penpal';
import type { AppModel } from '../model/compose.ts';
import type { Client } from '../platform/client.ts';
import { check, createDispatch, shapeOf } from './dispatch.ts';
import { mirror, watch } from './events.ts';
import { createHandlers, createOverrides } from './local.ts';
import { createRelay, relayEvents } from './relay.ts';

/** What the frame's URL says about the page around it. Grants nothing: the browser proves the origin with each message. */
export type Embedding = { app: string | undefined; nonce: string; origin: string };

/** `undefined` on the platform's own page, where no SDK speaks to the widget. */
export const readEmbedding = (search: string): Embedding | undefined => {
  const query = new URLSearchParams(search);
  const nonce = query.get('nonce');
  const origin = query.get('origin');
  if (query.get('sdk') !== '1' || !nonce || !origin) return undefined;
  return { app: query.get('app') ?? undefined, nonce, origin };
};

/** A model tells chat lines, because a snapshot can bring them too. */
const toldByModels = ['meeting.onChat'];

/** Once the browser has nothing else to do; at once where it cannot tell (Safari). */
const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work);
};

/** Opens the channel to the page and offers it the widget's methods. Returns how to close it. */
export const serveHost = (embedding: Embedding, app: AppModel, client: Client): (() => void) => {
  const { clientOf } = app.meeting.roster;
  const dispatch = createDispatch(createHandlers(app), {
    relay: createRelay((wire, input) => client.send(wire as WireMethodName, input), clientOf),
    overrides: createOverrides(app),
  });
  let stopWatching: (() => void) | undefined;
  let greeted = false;

  const hello = async (greeting: Hello): Promise<Welcome> => {
    try {
      if (greeting?.protocol?.major !== protocol.major)
        throw new RTCPeerError(
          'VERSION_MISMATCH',
          `The host SDK (${greeting?.sdk}) speaks protocol ${greeting?.protocol?.major}.${greeting?.protocol?.minor}, this widget (${version}) speaks ${protocol.major}.${protocol.minor}.`,
          { sdk: greeting?.protocol, widget: protocol },
        );
      const options = check<WidgetOptions>(widgetOptions, greeting.options ?? {}, 'options');
      if (!greeted) {
        greeted = true;
        const { sign, SID, mode, relayServer, relay, transport } = options;
        client.identify({
          pageOrigin: embedding.origin,
          ...(sign && { sign }),
          ...(SID && { SID }),
          ...(mode && { mode }),
          ...(relayServer && { relayServer }),
          ...(relay && { relay }),
          ...(transport && { transport }),
        });
        app.start(options);
        // A page that mounts a meeting is going to enter one: the code for media is there by then.
        if (options.socket !== false) whenIdle(() => void app.meeting.link.prepare().catch(() => {}));
        const host = (await connection.promise) as unknown as HostEnd;
        const stops = [
          watch(app, host),
          // After the models have heard of it, so that a listener finds their state up to date.
          relayEvents(client, {
            // A page that went away is noticed elsewhere.
            tell: (name, payload) => void Promise.resolve(host.event(name, payload)).catch(() => {}),
            clientOf,
            except: toldByModels,
          }),
        ];
        stopWatching = () => {
          for (const stop of stops) stop();
        };
      }
      return { widget: version, protocol, methods: dispatch.names, patient: [...patientMethods], state: mirror(app) };
    } catch (error) {
      throw shapeOf(error);
    }
  };

  const messenger = new WindowMessenger({ remoteWindow: window.parent, allowedOrigins: [embedding.origin] });
  const connection = connect<Methods>({
    messenger,
    channel: channel(embedding.nonce),
    methods: {
      hello,
      call: (name: string, args: unknown[]) => dispatch.call(String(name), Array.isArray(args) ? args : []),
    },
  });
  connection.promise.catch(() => {});
  client.onSignNeeded(async () => {
    const host = (await connection.promise) as unknown as HostEnd;
    return host.sign();
  });
  return () => {
    stopWatching?.();
    connection.destroy();
  };
};
