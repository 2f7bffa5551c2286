import type { RTCPeerError, WidgetOptions } from '@meetframe/contract';
import { signal } from '@preact/signals';
import type { Client } from '../platform/client.ts';
import { Calls } from './calls.ts';
import type { WayParts } from './callWay.ts';
import { PageEvents } from './events.ts';
import { Identity, type SignOn } from './identity.ts';
import { Look } from './look.ts';
import type { PageStorage } from './storage.ts';

type Outside = {
  client: Client;
  language?: string | undefined;
  keepSignOn?: ((signOn: SignOn | undefined) => void) | undefined;
  storage?: PageStorage | undefined;
  /** Loads the code for meetings if it is not loaded yet; that code calls `arrive`. */
  load?: () => Promise<unknown>;
};

/**
 * The models that a widget needs while it waits for a call, without the code for meetings: identity, look, events for the page, and
 * the calls. Called while a model is made, and ends with that one.
 */
export const makeBase = ({ load, ...outside }: Outside) => {
  const { client, storage } = outside;
  let options: WidgetOptions = {};
  const way = signal<WayParts | undefined>(undefined);
  /** The last error that the user must see, in the lobby or over the stage; and the fatal one of the error screen. */
  const problem = signal<RTCPeerError | undefined>(undefined);
  const events = new PageEvents();
  const { emit } = events;
  const look = new Look(outside);
  const identity = new Identity({ ...outside, emit, beforeLogout: async () => way.peek()?.meeting.exit() });
  const calls = new Calls({ client, identity, emit, look, way, load });
  return {
    events,
    look,
    identity,
    calls,
    problem,
    options: () => options,
    /** Called when the code for meetings is loaded: from now on calls can lead into meetings. */
    arrive(next: WayParts): void {
      way.value = next;
    },
    /** Takes the page's options. With a session id it connects at once, because the page reads the user from the state without a call. */
    start(given: WidgetOptions, isOwnPage = false): void {
      options = given;
      const shows = given.receiver === true || (given.callScreens ?? storage !== undefined);
      calls.receive(given.receiver === true || given.socket === true, shows);
      look.propose(given);
      if (isOwnPage || given.receiver || given.socket || given.SID || given.room !== undefined) client.start();
    },
  };
};
export type Base = ReturnType<typeof makeBase>;
