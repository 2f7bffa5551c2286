import { type ErrorCode, type Locale, RTCPeerError, type Theme, type WidgetOptions } from '@meetframe/contract';
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { createAudioOut } from '../media/audio.ts';
import { type Hardware, hardware as realHardware } from '../media/devices.ts';
import type { LoadStack } from '../media/stack.ts';
import type { Client } from '../platform/client.ts';
import type { Address, Target } from './address.ts';
import { createAdmissions } from './admissions.ts';
import { createDevices } from './devices.ts';
import { createEntrance } from './entrance.ts';
import { createIdentity } from './identity.ts';
import { createMeeting, type EnterInput } from './meeting.ts';
import type { PageStorage } from './storage.ts';
import type { AppModel, LeftReason, Screen, SignOn } from './types.ts';
import { createWatched } from './watched.ts';

export type FullApp = ReturnType<typeof createApp>;

const hopeless: readonly ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'VERSION_MISMATCH'];

/** The root of the models. `language` is the browser's; `storage` is there on the platform's own page only. */
export const createApp = (deps: {
  client: Client;
  hardware?: Hardware;
  load?: LoadStack;
  language?: string;
  keepSignOn?: (signOn: SignOn | undefined) => void;
  storage?: PageStorage | undefined;
}): AppModel & {
  start(options: WidgetOptions, address?: Address): void;
  follow(address: Address): void;
  admissions: ReturnType<typeof createAdmissions>;
  fail(error: RTCPeerError): void;
  meeting: ReturnType<typeof createMeeting>;
  devices: ReturnType<typeof createDevices>;
} => {
  const { client, storage } = deps;
  const soundBlocked = signal(false);
  const audio = createAudioOut({
    onBlocked: (isBlocked) => {
      soundBlocked.value = isBlocked;
    },
  });
  const watched = createWatched(document);
  const hardware = deps.hardware ?? realHardware;
  const devices = createDevices({ hardware, setSpeaker: audio.setSpeaker });
  const autoPlay = signal(true);
  const problem = signal<RTCPeerError | undefined>(undefined);
  let options: WidgetOptions = {};
  let disposed = false;
  const report = (error: RTCPeerError): void => {
    problem.value = error;
  };
  const admissions = createAdmissions(client);
  const meeting = createMeeting({
    client,
    admissions,
    devices,
    audio,
    autoPlay: () => autoPlay.peek(),
    mode: () => options.mode,
    report,
    isWatched: watched.isWatched,
    load: deps.load,
  });
  const session = createIdentity({ client, beforeLogout: () => meeting.exit(), keepSignOn: deps.keepSignOn, storage });

  /** The camera is still to be opened: it is not known yet what kind of room this is. */
  let cameraDue = false;
  const openCamera = (): void => {
    const isKnown = entrance.room.peek()?.roomType !== undefined;
    cameraDue = options.video !== false && !isKnown;
    if (options.video !== false && isKnown && !isAudio.peek()) devices.setCamera(true).catch(() => {});
  };
  /** Opens what is wanted; what is missing shows as a device's problem and stops nobody. */
  const openDevices = (): void => {
    if (options.audio !== false) devices.setMicrophone(true).catch(() => {});
    openCamera();
  };
  const entrance = createEntrance({
    client,
    admissions,
    now: () => Date.now() + session.clockOffset.peek(),
    openBefore: () => session.openBefore.peek(),
    report: (error) => {
      problem.value = error;
    },
    onLobby(isOpen) {
      cameraDue = false;
      if (!isOpen) return void devices.off();
      openDevices();
      // Loaded while the person looks at the lobby, so that entering is quick. A failure shows when entering.
      void meeting.prepare().catch(() => {});
    },
  });
  const isAudio = computed(() => {
    const room = entrance.room.value;
    if (meeting.self.value) return meeting.isAudio.value;
    return room?.roomType === 1 || (options.roomType === 1 && room?.roomId === options.room);
  });
  const fatal = signal(false);
  const leftReason = signal<LeftReason | undefined>(undefined);
  const chosenName = signal<string | undefined>(undefined);
  const entering = signal(false);
  const locale = signal<Locale>((deps.language ?? 'zh').toLowerCase().startsWith('zh') ? 'zh-CN' : 'en');
  const theme = signal<Theme>('auto');
  const username = computed(() => chosenName.value ?? session.user.value?.name ?? '');
  const screen = computed<Screen>(() => {
    if (fatal.value) return 'error';
    if (meeting.self.value) return 'meeting';
    if (entrance.stage.value) return entrance.stage.value;
    return leftReason.value ? 'left' : 'idle';
  });

  const fail = (error: RTCPeerError): void =>
    batch(() => {
      entrance.leave();
      problem.value = error;
      fatal.value = true;
    });

  let expired: RTCPeerError | undefined;
  const stops: (() => void)[] = [
    effect(() => {
      const error = session.failure.value;
      if (error) untracked(() => (hopeless.includes(error.code) ? fail(error) : report(error)));
    }),
    effect(() => {
      const error = session.expiry.value;
      untracked(() => {
        if (error) report(error);
        else if (expired && problem.peek() === expired) problem.value = undefined;
        expired = error;
      });
    }),
    effect(() => {
      const last = meeting.ended.value;
      if (!last) return;
      untracked(() => {
        leftReason.value = last.reason;
      });
    }),
    effect(() => {
      const roomEntered = meeting.room.value;
      if (!roomEntered) return;
      untracked(() =>
        batch(() => {
          leftReason.value = undefined;
          entrance.entered(roomEntered);
          if (cameraDue) openCamera();
        }),
      );
    }),
  ];

  const enterAndPublish = async (input: EnterInput): Promise<void> => {
    if (entering.peek()) return;
    batch(() => {
      entering.value = true;
      problem.value = undefined;
    });
    try {
      await meeting.enter(input);
      // In the meeting already: that a device cannot be sent is shown there and does not undo it.
      await meeting.publish().catch((error: unknown) => report(RTCPeerError.from(error)));
    } catch (cause) {
      const error = RTCPeerError.from(cause);
      if (!disposed && !entrance.refused(error)) report(error);
      throw error;
    } finally {
      entering.value = false;
    }
  };

  const openLobby = async (target: number | Target): Promise<void> => {
    leftReason.value = undefined;
    await entrance.open(typeof target === 'number' ? { roomId: target } : target);
  };

  const goHome = (): void => {
    leftReason.value = undefined;
    problem.value = undefined;
    entrance.leave();
  };

  const configure = (change: { locale?: Locale; theme?: Theme }): void =>
    batch(() => {
      if (change.locale) locale.value = change.locale;
      if (change.theme) theme.value = change.theme;
    });
  if (storage) {
    configure(storage.preferences());
    stops.push(storage.onSID((SID) => meeting.self.peek() || entering.peek() || session.takeUp(SID)));
  }

  const showHome = (): void => {
    if (['meeting', 'error', 'idle'].includes(screen.peek())) return;
    // A click while the meeting is being entered takes the participant out of it again.
    if (entering.peek()) void meeting.exit();
    goHome();
  };

  const app = {
    screen,
    lobbyRoom: entrance.room,
    closed: entrance.closed,
    username,
    isAudio,
    entering,
    problem,
    leftReason,
    locale,
    theme,
    autoPlay,
    soundBlocked,
    playSound: audio.resume,
    showHome: storage && showHome,
    session,
    devices,
    meeting,
    admissions,
    setUsername(name: string): void {
      chosenName.value = name;
    },
    openLobby,
    async join({ password }: { password?: string }): Promise<void> {
      const lobby = entrance.room.peek();
      if (!lobby) throw new RTCPeerError('NOT_FOUND', 'No room is chosen.');
      const name = username.peek().trim();
      // The password that the page gave counts only for the page's own room.
      const known = password ?? (lobby.roomId === options.room ? options.password : undefined);
      await enterAndPublish({
        roomId: lobby.roomId,
        ...(name && { username: name }),
        ...(known !== undefined && { password: known }),
        ...(lobby.roomId === options.room && options.roomType && { roomType: options.roomType }),
      });
    },
    async rejoin(): Promise<void> {
      leftReason.value = undefined;
      await entrance.again();
    },
    goHome,
    dismissProblem(): void {
      if (!fatal.peek()) problem.value = undefined;
    },
    configure(change: { locale?: Locale; theme?: Theme }): void {
      configure(change);
      storage?.prefer(change);
    },
    /** Takes the options of the page, or the address of the platform's own, and connects. */
    start(given: WidgetOptions, address?: Address): void {
      options = given;
      batch(() => {
        configure({ ...(given.locale && { locale: given.locale }), ...(given.theme && { theme: given.theme }) });
        if (given.username) chosenName.value = given.username;
        autoPlay.value = given.autoPlay !== false;
      });
      if (address) app.follow(address);
      // Else the first call connects.
      if (given.socket !== false) client.start();
      void devices.refresh();
      if (given.room === undefined) return;
      // Refusals are shown by the models.
      if (given.lobby !== false) {
        void openLobby(given.room).catch(() => {});
        return;
      }
      entrance.skip(given.room);
      // A refusal leads to the lobby, where a name or a password can be corrected.
      void app.join({}).catch(() => {});
    },
    /** The platform's own page: goes where its address says (chapter 7), at the start and when it changes. */
    follow({ target, SID, uid, name, camera, locale: language }: Address): void {
      const isIn = meeting.room.peek() !== null;
      // Going back to the first page ends no meeting: the browser's "back" is pressed too easily.
      if (isIn && (!target || entrance.isFor(target))) return;
      const go = (): void => {
        if (camera !== undefined) options = { ...options, video: camera };
        batch(() => {
          if (language) locale.value = language;
          if (name) chosenName.value = name;
        });
        if (SID) session.signOn({ SID, uid });
        if (target) void openLobby(target).catch(() => {});
        else goHome();
      };
      const left = meeting.exit();
      if (isIn) void left.then(go);
      else go();
    },
    fail,
    async dispose(): Promise<void> {
      if (disposed) return;
      disposed = true;
      // Bounded: the seat falls free with the connection anyhow.
      await Promise.race([meeting.exit(), new Promise((resolve) => setTimeout(resolve, 1000))]).catch(() => {});
      for (const stop of stops) stop();
      watched.dispose();
      entrance.dispose();
      session.dispose();
      meeting.dispose();
      devices.dispose();
      client.close();
    },
  };
  return app;
};
