import {
  type ChatMessage,
  type Client as ClientBean,
  type Definition,
  type meetingEvents,
  type Participant,
  type Payload,
  type Room,
  type RoomType,
  RTCPeerError,
  type Snapshot,
} from '@meetframe/contract';
import { batch, computed, effect, signal, untracked } from '@preact/signals';
import type { AudioOut } from '../media/audio.ts';
import { createMediaSession, type LoadDevice } from '../media/session.ts';
import type { Client } from '../platform/client.ts';
import type { FullDevices } from './devices.ts';
import { applyRoster, loudness, mergeChat, rosterOf, sizeClass } from './roster.ts';
import type { LeftReason, MeetingModel, Member, Tile } from './types.ts';

export type EnterInput = {
  roomId: number;
  roomType?: RoomType | undefined;
  username?: string | undefined;
  password?: string | undefined;
  maxNumber?: number | undefined;
  codec?: string | undefined;
};
export type PublishOptions = {
  localTag?: string | undefined;
  definition?: Definition | undefined;
  maxFrameRate?: number | undefined;
};
export type MuteNotice = Payload<(typeof meetingEvents)['meeting.onMute']>;
export type Ended = { roomId: number; client: ClientBean; reason: LeftReason };

export type FullMeeting = ReturnType<typeof createMeeting>;

const noVolumes: ReadonlyMap<number, number> = new Map();
const calm = { upload: false, download: false };

export const createMeeting = (deps: {
  client: Client;
  devices: FullDevices;
  audio: AudioOut;
  autoPlay: () => boolean;
  mode: () => string | undefined;
  report: (error: RTCPeerError) => void;
  load?: LoadDevice;
}) => {
  const { client, devices, audio } = deps;
  const room = signal<Room | null>(null);
  const selfId = signal<number | null>(null);
  const roster = signal<ReadonlyMap<number, Participant>>(new Map());
  const chat = signal<ChatMessage[]>([]);
  const activeSpeaker = signal<number | null>(null);
  const volumes = signal<ReadonlyMap<number, number>>(noVolumes);
  const startedAt = signal<number | null>(null);
  const unmuteRequested = signal(false);
  const poorNetwork = signal(calm);
  const named = signal<ReadonlyMap<string, number>>(new Map());
  const closedTiles = signal<ReadonlySet<number>>(new Set());
  const streams = signal<ReadonlyMap<string, MediaStream>>(new Map());
  const publishing = signal(false);
  const localPublished = signal(false);
  const muteNotice = signal<MuteNotice | undefined>(undefined);
  const ended = signal<Ended | undefined>(undefined);
  const received = new Map<string, string>();
  let entered: EnterInput | undefined;
  /** Counts participations: what was begun for an older one must not touch a newer one. */
  let stay = 0;
  /** Counts entries, the repeated ones after a lost session too. */
  let entries = 0;
  let reentering: Promise<void> | undefined;
  let toldMuted: boolean | undefined;
  let disposed = false;

  const notIn = () => new RTCPeerError('NOT_IN_MEETING', 'There is no meeting: call meeting.enter first.');
  const self = computed(() => (selfId.value === null ? undefined : roster.value.get(selfId.value)));
  const ownClient = (): ClientBean => {
    const own = self.peek();
    if (!own) throw notIn();
    return own.client;
  };
  const find = (id: number): Participant => {
    if (selfId.peek() === null) throw notIn();
    const participant = roster.peek().get(id);
    if (!participant) throw new RTCPeerError('NOT_FOUND', `Nobody with the id ${id} is in the meeting.`);
    return participant;
  };

  const members = computed<Member[]>(() => {
    const own = selfId.value;
    const list = [...roster.value.values()].map((participant): Member => {
      const { id } = participant.client;
      const isSelf = id === own;
      return {
        ...participant,
        isSelf,
        cameraStream: isSelf ? devices.cameraStream.value : streams.value.get(`${id}:camera`),
        screenStream: streams.value.get(`${id}:screen`),
      };
    });
    return [...list.filter(({ isSelf }) => isSelf), ...list.filter(({ isSelf }) => !isSelf)];
  });

  const media = createMediaSession({
    call: client.call,
    ...(deps.load && { load: deps.load }),
    events: {
      received({ id, clientId, source, track }) {
        if (track.kind === 'audio') {
          audio.add(id, track);
          return;
        }
        const key = `${clientId}:${source}`;
        received.set(id, key);
        streams.value = new Map(streams.peek()).set(key, new MediaStream([track]));
      },
      ended(id) {
        audio.remove(id);
        const key = received.get(id);
        received.delete(id);
        if (key === undefined || [...received.values()].includes(key)) return;
        const next = new Map(streams.peek());
        next.delete(key);
        streams.value = next;
      },
      renewed() {
        lastAsked = '';
        ask();
      },
      failed: (error) => deps.report(error),
    },
  });

  // What the stage shows → what the server sends.
  let tiles: Tile[] = [];
  let pinned: number | null = null;
  let lastAsked = '';
  let askTimer: ReturnType<typeof setTimeout> | undefined;
  const ask = (): void => {
    if (selfId.peek() === null) return;
    const own = selfId.peek();
    const here = roster.peek();
    const shown = closedTiles.peek();
    const byName = new Set(named.peek().values());
    const wanted = new Map<string, Tile>();
    for (const { clientId, source, maxSide } of tiles) {
      if (clientId === own || !here.has(clientId) || shown.has(clientId)) continue;
      if (!deps.autoPlay() && !byName.has(clientId)) continue;
      const key = `${clientId}:${source}`;
      const side = sizeClass(maxSide);
      if ((wanted.get(key)?.maxSide ?? -1) < side) wanted.set(key, { clientId, source, maxSide: side });
    }
    const input = {
      tiles: [...wanted.values()].filter(({ maxSide }) => maxSide > 0).slice(0, 100),
      pinned: pinned !== null && here.has(pinned) ? pinned : null,
    };
    const text = JSON.stringify(input);
    if (text === lastAsked) return;
    lastAsked = text;
    client.call('media.setReceive', input).catch(() => {
      if (lastAsked === text) lastAsked = '';
    });
  };
  const askSoon = (): void => {
    askTimer ??= setTimeout(() => {
      askTimer = undefined;
      ask();
    }, 100);
  };

  const replace = (snapshot: Snapshot): void =>
    batch(() => {
      room.value = snapshot.room;
      selfId.value = snapshot.selfId;
      roster.value = rosterOf(snapshot.participants);
      chat.value = mergeChat([], snapshot.chat);
      startedAt.value = snapshot.startedAt;
    });

  const forget = (): void => {
    stay++;
    clearTimeout(askTimer);
    askTimer = undefined;
    tiles = [];
    pinned = null;
    lastAsked = '';
    toldMuted = undefined;
    entered = undefined;
    media.leave();
    batch(() => {
      publishing.value = false;
      localPublished.value = false;
      selfId.value = null;
      room.value = null;
      roster.value = new Map();
      chat.value = [];
      activeSpeaker.value = null;
      volumes.value = noVolumes;
      startedAt.value = null;
      unmuteRequested.value = false;
      poorNetwork.value = calm;
      named.value = new Map();
      closedTiles.value = new Set();
      streams.value = new Map();
    });
  };

  const end = (reason: LeftReason): void => {
    const own = self.peek()?.client;
    const roomId = room.peek()?.id;
    forget();
    void devices.off();
    if (own && roomId !== undefined) ended.value = { roomId, client: own, reason };
  };

  // What is on → what is sent. Both ends of the chain are idempotent.
  const syncCamera = async (): Promise<void> => {
    if (!publishing.peek()) return;
    await media.send('camera', devices.cameraTrack.peek() ?? null, devices.wish());
  };
  const syncMicrophone = async (): Promise<void> => {
    if (!publishing.peek()) return;
    const now = stay;
    const track = devices.microphoneTrack.peek() ?? null;
    const muted = !devices.microphoneOn.peek();
    await media.send('mic', muted ? null : track);
    if (now !== stay || toldMuted === muted) return;
    toldMuted = muted;
    try {
      await client.call('meeting.updateMute', { isMute: muted });
    } catch (error) {
      if (now === stay) toldMuted = undefined;
      throw error;
    }
  };
  const quietly = (step: Promise<void>): void => {
    step.catch((error: unknown) => {
      const { code } = RTCPeerError.from(error);
      // A lost session publishes again by itself; leaving ends what was under way.
      if (code === 'DISCONNECTED' || code === 'NOT_IN_MEETING' || code === 'DESTROYED' || selfId.peek() === null)
        return;
      deps.report(RTCPeerError.from(error));
    });
  };
  const stops: (() => unknown)[] = [
    effect(() => {
      devices.cameraTrack.value;
      if (publishing.value) untracked(() => quietly(syncCamera()));
    }),
    effect(() => {
      devices.microphoneTrack.value;
      devices.microphoneOn.value;
      if (publishing.value) untracked(() => quietly(syncMicrophone()));
    }),
    effect(() => {
      roster.value;
      named.value;
      closedTiles.value;
      untracked(askSoon);
    }),
  ];

  const changeSelf = (change: Partial<ClientBean>, more: Partial<Participant> = {}): ClientBean => {
    const own = self.peek();
    if (!own) throw notIn();
    const next = { ...own, ...more, client: { ...own.client, ...change } };
    roster.value = new Map(roster.peek()).set(next.client.id, next);
    return next.client;
  };

  const enterServer = async (input: EnterInput) => {
    const now = stay;
    const { rtpCapabilities } = await client.welcome();
    const capabilities = await media.prepare(rtpCapabilities);
    const mode = deps.mode();
    const answer = await client.call('meeting.enter', {
      ...input,
      ...(mode && { mode }),
      rtpCapabilities: capabilities,
    });
    if (disposed || now !== stay) {
      void client.call('meeting.exit', {}).catch(() => {});
      throw new RTCPeerError('CONFLICT', 'The meeting was left while it was being entered.');
    }
    entered = input;
    entries++;
    toldMuted = undefined;
    ended.value = undefined;
    replace(answer.snapshot);
    const session = answer.media ?? (await client.call('media.open', { rtpCapabilities: capabilities }));
    if (disposed || now !== stay)
      throw new RTCPeerError('CONFLICT', 'The meeting was left while it was being entered.');
    await media.attach(session);
    return answer;
  };

  /** The server forgot us (it restarted, or we were away for too long): take the seat again with what was on. */
  const reenter = (): Promise<void> => {
    reentering ??= reenterOnce().finally(() => {
      reentering = undefined;
    });
    return reentering;
  };
  const reenterOnce = async (): Promise<void> => {
    const input = entered;
    if (!input || selfId.peek() === null) return;
    const now = stay;
    const wasPublishing = publishing.peek();
    lastAsked = '';
    for (let attempt = 0; ; attempt++) {
      try {
        await enterServer(input);
        if (now === stay && wasPublishing) {
          await Promise.all([syncMicrophone(), syncCamera()]);
        }
        return;
      } catch (cause) {
        const error = RTCPeerError.from(cause);
        if (disposed || now !== stay) return;
        if (attempt >= 6 || !['DISCONNECTED', 'TIMEOUT', 'THROTTLED', 'INTERNAL', 'CONFLICT'].includes(error.code)) {
          deps.report(error);
          end('shutdown');
          return;
        }
        const retryAfter = typeof error.details?.retryAfter === 'number' ? error.details.retryAfter : 0;
        await new Promise((resolve) => setTimeout(resolve, retryAfter + Math.random() * 1000 * 2 ** attempt));
        if (disposed || now !== stay) return;
      }
    }
  };

  stops.push(
    client.onConnection('lost', () => void reenter()),
    client.onConnection('missed', () => {
      const now = stay;
      if (selfId.peek() === null) return;
      client.call('meeting.snapshot', {}).then(
        (snapshot) => {
          if (now !== stay) return;
          replace(snapshot);
          // Consumers may have been announced meanwhile: start media afresh.
          void media.rebuild();
        },
        (error: unknown) => {
          if (now === stay && RTCPeerError.from(error).code === 'NOT_IN_MEETING') void reenter();
        },
      );
    }),
    client.onConnection('state', ({ state }) => {
      if (state === 'connected' && selfId.peek() !== null) {
        lastAsked = '';
        askSoon();
        media.check();
      }
    }),
    client.on('meeting.roster', (change) => {
      if (room.peek()?.id !== change.roomId) return;
      batch(() => {
        room.value = change.room;
        roster.value = applyRoster(roster.peek(), change);
      });
    }),
    client.on('meeting.onChat', (message) => {
      if (room.peek()?.id === message.roomId) chat.value = mergeChat(chat.peek(), [message]);
    }),
    client.on('meeting.onMute', (notice) => {
      if (selfId.peek() === null) return;
      if (notice.userId === selfId.peek()) {
        if (notice.isMute) {
          // The server did it already.
          toldMuted = true;
          unmuteRequested.value = false;
          quietly(devices.setMicrophone(false));
        } else if (!devices.microphoneOn.peek()) unmuteRequested.value = true;
      }
      muteNotice.value = { ...notice };
    }),
    client.on('meeting.speakers', ({ active, speakers }) =>
      batch(() => {
        activeSpeaker.value = active;
        volumes.value = new Map(speakers.map(({ clientId, volume }) => [clientId, loudness(volume)]));
      }),
    ),
    client.on('meeting.closed', ({ roomId, reason, retryAfter }) => {
      if (room.peek()?.id !== roomId) return;
      if (reason !== 'shutdown' || retryAfter === undefined) {
        end(reason);
        return;
      }
      // The server goes away for a moment: the seat is taken again there or elsewhere, by whichever comes first, the new
      // session or the end of the wait.
      const now = stay;
      const was = entries;
      setTimeout(
        () => {
          if (now === stay && was === entries && !disposed) void reenter();
        },
        retryAfter + Math.random() * 1000,
      );
    }),
    client.on('media.consumers', ({ consumers }) => void media.consume(consumers)),
    client.on('media.consumersClosed', ({ consumerIds }) => {
      for (const id of consumerIds) media.end(id);
    }),
    client.on('media.quality', ({ direction, poor }) => {
      poorNetwork.value = { ...poorNetwork.peek(), [direction]: poor };
    }),
    client.on('media.reset', () => void media.rebuild()),
  );

  const model: MeetingModel = {
    room,
    self,
    members,
    chat,
    activeSpeaker,
    volumes,
    startedAt,
    unmuteRequested,
    poorNetwork,
    named,
    closed: closedTiles,
    async enter(input: EnterInput) {
      const current = room.peek();
      if (current && selfId.peek() !== null) {
        if (current.id !== input.roomId)
          throw new RTCPeerError('CONFLICT', `Room ${current.id} is open: call meeting.exit first.`);
        const own = ownClient();
        return {
          client: own,
          members: members
            .peek()
            .filter(({ isSelf }) => !isSelf)
            .map((member) => member.client),
          room: current,
        };
      }
      const { client: own, members: others, room: entry } = await enterServer(input);
      return { client: own, members: others, room: entry };
    },
    async exit() {
      if (selfId.peek() === null) {
        stay++;
        return { result: 1 };
      }
      const leaving = client.call('meeting.exit', {});
      end('exit');
      // Whatever the server says: this end is out, the seat falls free with the connection.
      return leaving.catch(() => ({ result: 0 }));
    },
    async publish(options: PublishOptions = {}) {
      const own = ownClient();
      const now = stay;
      if (options.localTag) named.value = new Map(named.peek()).set(options.localTag, own.id);
      devices.setWish({
        definition: options.definition ?? devices.wish().definition ?? room.peek()?.definition,
        maxFrameRate: options.maxFrameRate ?? devices.wish().maxFrameRate,
      });
      publishing.value = true;
      await Promise.all([syncMicrophone(), syncCamera()]);
      if (now !== stay) throw notIn();
      localPublished.value = true;
      return { client: ownClient() };
    },
    async mute(isMute) {
      ownClient();
      unmuteRequested.value = false;
      try {
        await devices.setMicrophone(!isMute);
      } catch (error) {
        void devices.setMicrophone(false);
        throw error;
      }
      publishing.value = true;
      await syncMicrophone();
      return changeSelf({ isMuted: isMute });
    },
    async muteMember(clientId, isMute) {
      const { client: member } = find(clientId);
      if (clientId === selfId.peek()) return void (await model.mute(isMute));
      await client.call('meeting.muteMsg', { userId: member.id, roomId: room.peek()?.id, isMute });
    },
    dismissUnmuteRequest() {
      unmuteRequested.value = false;
    },
    async video(on) {
      ownClient();
      try {
        await devices.setCamera(on);
      } catch (error) {
        void devices.setCamera(false);
        throw error;
      }
      publishing.value = true;
      await syncCamera();
      return changeSelf({}, { video: on });
    },
    async say(content) {
      const own = ownClient();
      const { message } = await client.call('meeting.chat', { userId: own.id, roomId: room.peek()?.id, content });
      if (room.peek()?.id === message.roomId) chat.value = mergeChat(chat.peek(), [message]);
      return message;
    },
    async play(clientId, domId) {
      const { client: member } = find(clientId);
      batch(() => {
        named.value = new Map(named.peek()).set(domId, clientId);
        if (closedTiles.peek().has(clientId))
          closedTiles.value = new Set([...closedTiles.peek()].filter((id) => id !== clientId));
      });
      return { client: member };
    },
    async closePlay(clientId) {
      const { client: member } = find(clientId);
      batch(() => {
        named.value = new Map([...named.peek()].filter(([, id]) => id !== clientId));
        closedTiles.value = new Set(closedTiles.peek()).add(clientId);
      });
      return { client: member };
    },
    show(next, nextPinned) {
      tiles = next;
      pinned = nextPinned;
      askSoon();
    },
    async bitrate(clientId) {
      if (clientId !== undefined) find(clientId);
      else ownClient();
      return media.bitrate(clientId === selfId.peek() ? undefined : clientId);
    },
  };
  return {
    ...model,
    /** As in the model, and with what a page may say besides. */
    enter: model.enter as (input: EnterInput) => ReturnType<MeetingModel['enter']>,
    publish: model.publish as (options?: PublishOptions) => ReturnType<MeetingModel['publish']>,
    muteSelfOrOther: async (input: { userId: number; isMute: boolean; super?: string | undefined }): Promise<void> => {
      find(input.userId);
      if (input.userId === selfId.peek()) return void (await model.mute(input.isMute));
      await client.call('meeting.muteMsg', { ...input, roomId: room.peek()?.id });
    },
    localPublished,
    muteNotice,
    ended,
    prepare: async (): Promise<void> => {
      const { rtpCapabilities } = await client.welcome();
      await media.prepare(rtpCapabilities);
    },
    dispose(): void {
      disposed = true;
      for (const stop of stops) stop();
      forget();
      media.close();
      audio.close();
    },
  };
};
