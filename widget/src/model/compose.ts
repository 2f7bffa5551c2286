import type { PageEvents as Payloads, RTCPeerError, WidgetOptions } from '@meetframe/contract';
import { batch, computed, createModel, effect, type ReadonlySignal, signal } from '@preact/signals';
import { createAudioOut } from '../media/audio.ts';
import { type Hardware, hardware } from '../media/devices.ts';
import type { OpenDisplay } from '../media/display.ts';
import type { LoadStack } from '../media/stack.ts';
import type { Client } from '../platform/client.ts';
import type { Address } from './address.ts';
import { createAdmissions } from './admissions.ts';
import { type Base, makeBase } from './base.ts';
import { Devices } from './devices.ts';
import type { Habits } from './habits.ts';
import type { SignOn } from './identity.ts';
import { laterModel } from './laterModel.ts';
import { Meeting } from './meeting/meeting.ts';
import { Notifying } from './notifying.ts';
import { partsOf } from './parts.ts';
import { Screens } from './screens.ts';
import type { PageStorage } from './storage.ts';
import { Visibility } from './visibility.ts';

type Outside = {
  client: Client;
  hardware?: Hardware;
  openDisplay?: OpenDisplay;
  load?: LoadStack;
  /** The browser's objects. */
  language?: string;
  /** File of the widget's build. */
  build?: string | undefined;
  keepSignOn?: (signOn: SignOn | undefined) => void;
  /** On the platform's own page only. */
  storage?: PageStorage | undefined;
  /** Settings that the browser lets this page remember. */
  habits?: Habits | undefined;
  /** The base of a widget that waited for a call; it continues in the whole widget. */
  base?: Base;
};
/** The models as the other folders see them: only models write signals. */
type ReadOnly<T> =
  T extends ReadonlySignal<infer Value>
    ? ReadonlySignal<Value>
    : T extends (...args: never[]) => unknown
      ? T
      : T extends object
        ? { [Key in keyof T]: ReadOnly<T[Key]> }
        : T;
export type AppModel = ReadOnly<ReturnType<typeof createApp>>;

const leaveWithin = 1000;

const Models = createModel((outside: Outside) => {
  const { client, storage } = outside;
  let options: WidgetOptions = {};
  const base = outside.base ?? makeBase(outside);
  const { events, look, identity, calls, problem } = base;
  const { emit } = events;
  const report = (error: RTCPeerError): void => {
    // The error of a failed call is shown already.
    if (problem.peek() === error) return;
    problem.value = error;
    const { code, message, details } = error;
    const fault = details?.fault as Payloads['failed']['fault'];
    emit('failed', { code, message, ...(fault && { fault }) });
  };
  /** The browser plays no audio before a user gesture. */
  const soundBlocked = signal(false);
  const audio = createAudioOut({
    onBlocked: (isBlocked) => {
      soundBlocked.value = isBlocked;
    },
  });
  const notifying = new Notifying(outside);
  const { habits } = outside;
  const devices = new Devices({ hardware: outside.hardware ?? hardware, setSpeaker: audio.setSpeaker, emit, habits });
  const admissions = createAdmissions(client);
  const effects = laterModel(async () => new (await import('./effects/effects.ts')).Effects({ devices, storage }));
  // Load remembered effects early: the background that they hide must not be seen.
  if (storage) void effects.load().catch(() => {});
  const meeting = new Meeting({
    ...{ client, admissions, devices, audio, emit, report },
    mode: () => options.mode,
    isVisible: new Visibility(document).isVisible,
    page: document,
    load: outside.load,
    openDisplay: outside.openDisplay,
  });
  const screens = new Screens({
    ...{ client, admissions, identity, devices, meeting, problem, report, habits },
    options: () => options,
  });
  /** Handles rare events, so its code is loaded after the first screen. */
  const hosting = laterModel(async () => {
    const { Hosting } = await import('./hosting.ts');
    return new Hosting({ client, emit, build: outside.build, problem, report });
  });
  base.arrive({ meeting, screens });
  if (storage)
    effect(() =>
      storage.onSID((SID) => {
        if (!meeting.seat.isIn() && !meeting.entering.peek()) identity.takeUp(SID);
      }),
    );
  effect(() => () => client.close());

  /** On the platform's own page: opens what its address names (chapter 7), at the start and when it changes. */
  const follow = ({ target, SID, uid, name, camera, locale }: Address): void => {
    const isIn = meeting.seat.isIn();
    // An address without a target ends no meeting: the browser's "back" is pressed too easily.
    if (isIn && (!target || screens.isFor(target))) return;
    const go = (): void =>
      batch(() => {
        if (camera !== undefined) options = { ...options, video: camera };
        look.propose({ locale });
        if (name) screens.setUsername(name);
        if (SID) identity.signOn({ SID, uid });
        if (target) void screens.openLobby(target).catch(() => {});
        else screens.goHome();
      });
    const left = meeting.exit();
    if (isIn) void left.then(go);
    else go();
  };

  const take = (given: WidgetOptions): void => {
    options = given;
    if (given.username) screens.setUsername(given.username);
    meeting.tiles.autoPlay.value = given.autoPlay !== false;
  };

  return {
    ...look,
    parts: computed(() => partsOf(look.ui.value)),
    /** The page's own buttons in the toolbar. */
    buttons: computed(() => look.ui.value.buttons ?? []),
    ...notifying,
    ...screens,
    hosting: hosting.made,
    soundBlocked,
    /** Plays the blocked audio, when called within a user gesture. */
    playAudio: audio.resume,
    events,
    /** For the next visit: the user turned the camera or the microphone on or off. */
    remember: (change: { cameraOn?: boolean; microphoneOn?: boolean }) => habits?.keep(change),
    /** The user clicked one of the page's own buttons. */
    press: (id: string) => emit('onButton', { id }),
    identity,
    devices,
    effects,
    meeting,
    calls,
    admissions,
    follow,
    /** Takes the options of the page, for a widget that waited for a call before. */
    take,
    /** Takes the options of the page, or the address of the platform's own page, and connects. */
    start(given: WidgetOptions, address?: Address): void {
      take(given);
      if (address) follow(address);
      base.start(given, address !== undefined);
      hosting.load().catch(() => {});
      void devices.refresh();
      if (given.room === undefined) return;
      const room = Number(given.room);
      // Refusals are shown by the models.
      if (given.lobby === false) screens.skipLobby(room);
      else void screens.openLobby(room).catch(() => {});
    },
  };
});

/** Creates all models of a widget. */
export const createApp = (outside: Outside) => {
  const models = new Models(outside);
  return Object.assign(models, {
    /** Goes from the lobby, or from "you left", to the home screen, which only the platform's own page has. */
    showHome: outside.storage && models.leaveForHome,
    /** Lets a guest sign in first, who may find the room as a user; only on the platform's own page. */
    signInFirst: outside.storage && models.signInFirst,
    /**
     * Leaves the meeting, stops the devices and closes everything. Waits only briefly for the server, which frees the
     * seat when the connection ends.
     */
    async dispose(): Promise<void> {
      const timeout = new Promise((resolve) => setTimeout(resolve, leaveWithin));
      await Promise.race([models.meeting.exit(), timeout]).catch(() => {});
      models[Symbol.dispose]();
    },
  });
};
