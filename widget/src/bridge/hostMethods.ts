import {
  channel,
  type Hello,
  type HostEnd,
  type MirroredState,
  patientMethods,
  protocol,
  RTCPeerError,
  version,
  type Welcome,
  type WidgetOptions,
  type WireMethodName,
} from '@meetframe/contract';
import { connect, type Methods, WindowMessenger } from 'penpal';
import type { Base } from '../model/base.ts';
import type { Client } from '../platform/client.ts';
import { createDispatch, type Overrides, type Own, shapeOf } from './dispatch.ts';
import { watch } from './events.ts';
import { createOutbox } from './outbox.ts';
import { type ClientOf, createRelay, relayEvents } from './relay.ts';

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

/** The widget behind the channel. */
export type Served = {
  base: Pick<Base, 'events' | 'problem'>;
  clientOf: ClientOf;
  selfId: () => number | null;
  own: Own;
  overrides: Overrides;
  mirror: () => MirroredState;
  /** Throws `INVALID_ARGUMENT`, which names the option. */
  checkOptions: (options: unknown) => WidgetOptions;
  start: (options: WidgetOptions) => void;
};

/** Opens the channel to the page and offers it the widget's methods. Returns a function that closes it. */
export const serveHost = (embedding: Embedding, client: Client, served: Served): (() => void) => {
  const { base, clientOf, mirror } = served;
  const dispatch = createDispatch(served.own, {
    relay: createRelay((wire, input) => client.send(wire as WireMethodName, input), clientOf),
    overrides: served.overrides,
  });
  let send: (name: string, payload: unknown) => void = () => {};
  const outbox = createOutbox((name, payload) => send(name, payload), served.selfId);
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
      const options = served.checkOptions(greeting.options ?? {});
      const texts = options.ui?.texts;
      if (texts) (await import('./ownTexts.ts')).checkTexts(texts, { what: 'options', field: 'ui.texts' });
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
        served.start(options);
        const host = (await connection.promise) as unknown as HostEnd;
        // A closed channel is handled elsewhere.
        send = (name, payload) => void Promise.resolve(host.event(name, payload)).catch(() => {});
        const stops = [
          watch(base, mirror, { state: (patch) => host.state(patch), event: outbox.tell }),
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
      return { widget: version, protocol, methods: dispatch.names, patient: [...patientMethods], state: mirror() };
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
