import type { MirroredState, RelayedName, WidgetOptions } from '@meetframe/contract';
import { RTCPeerError } from '@meetframe/contract/error';
import { optionShape, widgetMethodNames } from '@meetframe/contract/light';
import type { ReadonlySignal } from '@preact/signals';
import type { Base } from '../model/base.ts';
import { createBaseOverrides } from './baseOverrides.ts';
import type { Served } from './hostMethods.ts';
import { lightCheck } from './lightCheck.ts';
import type { createOverrides } from './overrides.ts';

type Overrides = ReturnType<typeof createOverrides>;
/** Methods with an override in the whole widget. True: the call loads the whole widget; false: it is used only if it is loaded already. */
const later: Readonly<Record<Exclude<keyof Overrides, keyof ReturnType<typeof createBaseOverrides>>, boolean>> = {
  'meeting.enter': true,
  'meeting.exit': false,
  'meeting.updateMute': true,
  'meeting.muteMsg': true,
  'meeting.getFileLink': false,
  getRoomByInviteCode: true,
};

type Parts = {
  base: Base;
  /** The whole widget, once it is loaded. */
  whole: ReadonlySignal<Served | undefined>;
  load: () => Promise<Served>;
};

const waiting = {
  room: null,
  client: null,
  startedAt: null,
  members: [],
  screen: 'idle',
  microphone: false,
  camera: false,
} as const satisfies Partial<MirroredState>;

/** Offers a widget that only waits for calls to the page. Methods about meetings load the whole widget. */
export const serveReceiver = ({ base, whole, load }: Parts): Served => {
  const { identity } = base;
  const overrides: Served['overrides'] = Object.fromEntries(
    Object.entries(later).map(([name, isReason]) => [
      name,
      async (input, relay) => {
        const override = (isReason ? await load() : whole.peek())?.overrides[name as RelayedName];
        return override ? await override(input, relay) : await relay();
      },
    ]),
  );
  return {
    base,
    clientOf: (author) => {
      const { clientOf } = whole.peek() ?? {};
      // Events with participants come only in a meeting, when the whole widget is loaded.
      return clientOf ? clientOf(author) : (author as never);
    },
    selfId: () => whole.peek()?.selfId() ?? null,
    own: {
      names: widgetMethodNames,
      run: async (name, call) => await (await load()).own.run(name, call),
    },
    overrides: {
      ...overrides,
      ...createBaseOverrides(base),
    },
    mirror: () =>
      whole.value?.mirror() ?? {
        ...waiting,
        members: [],
        user: identity.user.value,
        company: identity.company.value,
        clockOffset: identity.clockOffset.value,
        connection: identity.connection.value,
      },
    checkOptions(given) {
      const options = lightCheck<WidgetOptions>(optionShape, given, 'options');
      if (options.room !== undefined)
        throw new RTCPeerError('INVALID_ARGUMENT', 'options: room: a receiver opens no room.', {
          field: 'room',
          expected: 'no room beside receiver',
        });
      if (typeof RTCPeerConnection === 'undefined')
        throw new RTCPeerError('UNSUPPORTED', 'This browser has no WebRTC, or it is turned off: it cannot take calls.');
      return options;
    },
    start: base.start,
  };
};
