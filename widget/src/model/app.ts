import { type ErrorCode, type Locale, RTCPeerError, type Theme, type WidgetOptions } from '@meetframe/contract';
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import { createAudioOut } from '../media/audio.ts';
import { type Hardware, hardware as realHardware } from '../media/devices.ts';
import type { LoadDevice } from '../media/session.ts';
import type { Client } from '../platform/client.ts';
import { createDevices } from './devices.ts';
import { createMeeting, type EnterInput } from './meeting.ts';
import { createSession } from './session.ts';
import type { AppModel, LeftReason, Screen } from './types.ts';

export type FullApp = ReturnType<typeof createApp>;

const hopeless: readonly ErrorCode[] = ['UNAUTHENTICATED', 'FORBIDDEN', 'VERSION_MISMATCH'];

/** The root of the models. `language` is the browser's. */
export const createApp = (deps: {
  client: Client;
  hardware?: Hardware;
  load?: LoadDevice;
  language?: string;
}): AppModel & {
  start(options: WidgetOptions): void;
  fail(error: RTCPeerError): void;
  meeting: ReturnType<typeof createMeeting>;
  devices: ReturnType<typeof createDevices>;
} => {
  const { client } = deps;
  const audio = createAudioOut();
  const hardware = deps.hardware ?? realHardware;
  const devices = createDevices({ hardware, setSpeaker: audio.setSpeaker });
  const autoPlay = signal(true);
  const problem = signal<RTCPeerError | undefined>(undefined);
  let options: WidgetOptions = {};
  let disposed = false;
  const report = (error: RTCPeerError): void => {
    problem.value = error;
  };
  const meeting = createMeeting({
    client,
    devices,
    audio,
    autoPlay: () => autoPlay.peek(),
    mode: () => options.mode,
    report,
    ...(deps.load && { load: deps.load }),
  });
  const session = createSession(client, () => meeting.exit());

  const lobbyRoom = signal<{ roomId: number; name: string | undefined; isHasPwd: boolean } | undefined>(undefined);
  const inLobby = signal(false);
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
    if (inLobby.value) return 'lobby';
    return leftReason.value ? 'left' : 'idle';
  });

  /** The password that the page gave counts only for the page's own room. */
  let lastEnter: EnterInput | undefined;

  const fail = (error: RTCPeerError): void =>
    batch(() => {
      problem.value = error;
      fatal.value = true;
    });

  const stops = [
    effect(() => {
      const error = session.failure.value;
      if (error) untracked(() => (hopeless.includes(error.code) ? fail(error) : report(error)));
    }),
    effect(() => {
      const last = meeting.ended.value;
      if (!last) return;
      untracked(() =>
        batch(() => {
          leftReason.value = last.reason;
          inLobby.value = false;
        }),
      );
    }),
    effect(() => {
      const roomEntered = meeting.room.value;
      if (!roomEntered) return;
      untracked(() =>
        batch(() => {
          inLobby.value = false;
          leftReason.value = undefined;
          lobbyRoom.value = { roomId: roomEntered.id, name: roomEntered.name, isHasPwd: roomEntered.isHasPwd };
        }),
      );
    }),
  ];

  /** Opens what is wanted; what is missing shows as a device's problem and stops nobody. */
  const openDevices = async (): Promise<void> => {
    await Promise.allSettled([
      options.audio !== false && devices.setMicrophone(true),
      options.video !== false && devices.setCamera(true),
    ]);
  };

  const openLobby = async (roomId: number): Promise<void> => {
    batch(() => {
      lobbyRoom.value = { roomId, name: undefined, isHasPwd: false };
      leftReason.value = undefined;
      problem.value = undefined;
      inLobby.value = true;
    });
    void openDevices();
    // Loaded while the person looks at the lobby, so that entering is quick. A failure shows when entering.
    void meeting.prepare().catch(() => {});
    try {
      const { room } = await client.call('room.getRoomById', { roomId });
      if (lobbyRoom.peek()?.roomId === roomId) lobbyRoom.value = { roomId, name: room.name, isHasPwd: room.isHasPwd };
    } catch (error) {
      if (lobbyRoom.peek()?.roomId === roomId && inLobby.peek()) report(RTCPeerError.from(error));
      throw error;
    }
  };

  const enterAndPublish = async (input: EnterInput): Promise<void> => {
    if (entering.peek()) return;
    batch(() => {
      entering.value = true;
      problem.value = undefined;
    });
    try {
      lastEnter = input;
      await meeting.enter(input);
      // In the meeting already: that a device cannot be sent is shown there and does not undo it.
      await meeting.publish().catch((error: unknown) => report(RTCPeerError.from(error)));
    } catch (error) {
      report(RTCPeerError.from(error));
      throw error;
    } finally {
      entering.value = false;
    }
  };

  const app = {
    screen,
    lobbyRoom,
    username,
    entering,
    problem,
    leftReason,
    locale,
    theme,
    autoPlay,
    session,
    devices,
    meeting,
    setUsername(name: string): void {
      chosenName.value = name;
    },
    openLobby,
    async join({ password }: { password?: string }): Promise<void> {
      const lobby = lobbyRoom.peek();
      if (!lobby) throw new RTCPeerError('NOT_FOUND', 'No room is chosen.');
      const name = username.peek().trim();
      const known = password ?? (lobby.roomId === options.room ? options.password : undefined);
      await enterAndPublish({
        roomId: lobby.roomId,
        ...(name && { username: name }),
        ...(known !== undefined && { password: known }),
        ...(lobby.roomId === options.room && options.roomType && { roomType: options.roomType }),
      });
    },
    async rejoin(): Promise<void> {
      const roomId = lobbyRoom.peek()?.roomId ?? lastEnter?.roomId;
      if (roomId !== undefined) await openLobby(roomId);
    },
    dismissProblem(): void {
      if (!fatal.peek()) problem.value = undefined;
    },
    configure(change: { locale?: Locale; theme?: Theme }): void {
      batch(() => {
        if (change.locale) locale.value = change.locale;
        if (change.theme) theme.value = change.theme;
      });
    },
    /** Takes the options of the page (or of the platform's own page) and connects. */
    start(given: WidgetOptions): void {
      options = given;
      batch(() => {
        app.configure({ ...(given.locale && { locale: given.locale }), ...(given.theme && { theme: given.theme }) });
        if (given.username) chosenName.value = given.username;
        autoPlay.value = given.autoPlay !== false;
      });
      client.start();
      void devices.refresh();
      if (given.room === undefined) return;
      // Refusals are shown by the models.
      if (given.lobby !== false) {
        void openLobby(given.room).catch(() => {});
        return;
      }
      lobbyRoom.value = { roomId: given.room, name: undefined, isHasPwd: false };
      void (async () => {
        await Promise.all([openDevices(), app.join({})]);
      })().catch(() => {
        // Shown in the lobby, where a name or a password can be corrected.
        if (!disposed) inLobby.value = true;
      });
    },
    fail,
    async dispose(): Promise<void> {
      if (disposed) return;
      disposed = true;
      // Bounded: the seat falls free with the connection anyhow.
      await Promise.race([meeting.exit(), new Promise((resolve) => setTimeout(resolve, 1000))]).catch(() => {});
      for (const stop of stops) stop();
      session.dispose();
      meeting.dispose();
      devices.dispose();
      client.close();
    },
  };
  return app;
};
