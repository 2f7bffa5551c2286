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
import { createOutbox } from './outbox.ts';
import { createRelay, relayEvents } from './relay.ts';

/**
 * Parameters of the frame's URL about the page around it. They grant nothing: the browser proves the origin with each
 * message.
 */
export type Embedding = { app: string | undefined; nonce: string; origin: string };

/** `undefined` on the platform's own page, where no SDK speaks to the widget. */
export const readEmbedding = (search: string): Embedding | undefined => {
  const query = new URLSearchParams(search);
  const nonce = query.get('nonce');
  const origin = query.get('origin');
  if (query.get('sdk') !== '1' || !nonce || !origin) return undefined;
  return { app: query.get('app') ?? undefined, nonce, origin };
};

/** A model emits chat messages, because a snapshot can contain new ones, too. */
const toldByModels = ['meeting.onChat', 'meeting.onPrivateChat'];

/** Runs once the browser is idle; at once in browsers that do not report it (Safari). */
const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in window) requestIdleCallback(work, { timeout: 2000 });
  else setTimeout(work);
};

/** Opens the channel to the page and offers it the widget's methods. Returns a function that closes it. */
export const serveHost = (embedding: Embedding, app: AppModel, client: Client): (() => void) => {
  const { clientOf } = app.meeting.roster;
  const dispatch = createDispatch(createHandlers(app), {
    relay: createRelay((wire, input) => client.send(wire as WireMethodName, input), clientOf),
    overrides: createOverrides(app),
  });
  let send: (name: string, payload: unknown) => void = () => {};
  const outbox = createOutbox(
    (name, payload) => send(name, payload),
    () => app.meeting.seat.selfId.peek(),
  );
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
        const { sign, SID, mode, relayServer, relay, transport, logout } = options;
        client.identify({
          pageOrigin: embedding.origin,
          ...(sign && { sign }),
          ...(SID && { SID }),
          ...(mode && { mode }),
          ...(relayServer && { relayServer }),
          ...(relay && { relay }),
          ...(transport && { transport }),
          ...(logout && { logout }),
        });
        app.start(options);
        // A page that embeds the widget will enter a meeting: the code for media is loaded before.
        const { load, prepare } = app.meeting.link;
        whenIdle(() => void (app.identity.connection.peek() === 'idle' ? load() : prepare()).catch(() => {}));
        const host = (await connection.promise) as unknown as HostEnd;
        // A closed channel is handled elsewhere.
        send = (name, payload) => void Promise.resolve(host.event(name, payload)).catch(() => {});
        const stops = [
          watch(app, { state: (patch) => host.state(patch), event: outbox.tell }),
          // After the models have handled the event, so that their state is up to date for the page's listeners.
          relayEvents(client, {
            tell: outbox.tell,
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
      call: (name: string, args: unknown[]) =>
        outbox.during(String(name), () => dispatch.call(String(name), Array.isArray(args) ? args : [])),
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
