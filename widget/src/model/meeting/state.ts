import {
  type ChatMessage,
  type Client as ClientBean,
  type meetingEvents,
  type PageChatMessage,
  type Participant,
  type Payload,
  type Room,
  RTCPeerError,
  type Snapshot,
} from '@meetframe/contract';
import { batch, computed, type ReadonlySignal, signal } from '@preact/signals';
import { clientOf, mergeChat, rosterOf } from '../roster.ts';
import type { LeftReason, Member } from '../types.ts';

export type MuteNotice = Payload<(typeof meetingEvents)['meeting.onMute']>;
export type Ended = { roomId: number; client: ClientBean; reason: LeftReason };
export type MeetingState = ReturnType<typeof createMeetingState>;

const noVolumes: ReadonlyMap<number, number> = new Map();
const calm = { upload: false, download: false };

/** What is known of the meeting one is in. A snapshot of the server replaces it, events change it, leaving empties it. */
export const createMeetingState = (ownCamera: ReadonlySignal<MediaStream | undefined>) => {
  const room = signal<Room | null>(null);
  const selfId = signal<number | null>(null);
  /** One's own ids of this participation: another one comes when the seat had to be taken anew. */
  const ownIds = signal<ReadonlySet<number>>(new Set());
  const roster = signal<ReadonlyMap<number, Participant>>(new Map());
  const chat = signal<PageChatMessage[]>([]);
  const activeSpeaker = signal<number | null>(null);
  const lastSpeaker = signal<number | null>(null);
  const voiceTag = signal<string | undefined>(undefined);
  const volumes = signal<ReadonlyMap<number, number>>(noVolumes);
  const startedAt = signal<number | null>(null);
  const unmuteRequested = signal(false);
  const poorNetwork = signal(calm);
  const named = signal<ReadonlyMap<string, number>>(new Map());
  const closed = signal<ReadonlySet<number>>(new Set());
  const streams = signal<ReadonlyMap<string, MediaStream>>(new Map());
  const muteNotice = signal<MuteNotice | undefined>(undefined);
  const ended = signal<Ended | undefined>(undefined);
  let stay = 0;

  const self = computed(() => (selfId.value === null ? undefined : roster.value.get(selfId.value)));
  const members = computed<Member[]>(() => {
    const own = selfId.value;
    const list = [...roster.value.values()].map((participant): Member => {
      const { id } = participant.client;
      const isSelf = id === own;
      return {
        ...participant,
        isSelf,
        cameraStream: isSelf ? ownCamera.value : streams.value.get(`${id}:camera`),
        screenStream: streams.value.get(`${id}:screen`),
      };
    });
    return [...list.filter(({ isSelf }) => isSelf), ...list.filter(({ isSelf }) => !isSelf)];
  });

  /** One entered for sound only, whatever the room is. */
  const asAudio = signal(false);
  const isAudio = computed(() => asAudio.value || room.value?.roomType === 1);
  const voice = computed<number | undefined>(() => {
    const others = [...roster.value.keys()].filter((id) => id !== selfId.value && !closed.value.has(id));
    return others.find((id) => id === lastSpeaker.value) ?? others[0];
  });

  const notIn = () => new RTCPeerError('NOT_IN_MEETING', 'There is no meeting: call meeting.enter first.');
  const isIn = (): boolean => selfId.peek() !== null;
  const ownClient = (): ClientBean => {
    const own = self.peek();
    if (!own) throw notIn();
    return own.client;
  };

  return {
    room,
    selfId,
    ownIds,
    roster,
    chat,
    activeSpeaker,
    voice,
    voiceTag,
    asAudio,
    isAudio,
    volumes,
    startedAt,
    unmuteRequested,
    poorNetwork,
    named,
    closed,
    streams,
    muteNotice,
    ended,
    self,
    members,
    isIn,
    /** Throws `NOT_IN_MEETING`. */
    ownClient,
    find(id: number): Participant {
      if (!isIn()) throw notIn();
      const participant = roster.peek().get(id);
      if (!participant) throw new RTCPeerError('NOT_FOUND', `Nobody with the id ${id} is in the meeting.`);
      return participant;
    },
    /** Who holds the floor, and how loud everybody is. */
    hear(active: number | null, loudness: ReadonlyMap<number, number>): void {
      batch(() => {
        activeSpeaker.value = active;
        if (active !== null && active !== selfId.peek()) lastSpeaker.value = active;
        volumes.value = loudness;
      });
    },
    /** A question to ask after waiting: is this still the same participation? */
    here(): () => boolean {
      const now = stay;
      return () => now === stay;
    },
    /** What was begun for the participation of now must not touch a later one. */
    leave(): void {
      stay++;
    },
    changeSelf(change: Partial<ClientBean>, more: Partial<Participant> = {}): ClientBean {
      const own = self.peek();
      if (!own) throw notIn();
      const next = { ...own, ...more, client: { ...own.client, ...change } };
      roster.value = new Map(roster.peek()).set(next.client.id, next);
      return next.client;
    },
    /** Adds a line to the chat; answers it with the whole client that wrote it. */
    write(line: ChatMessage): PageChatMessage {
      const whole = { ...line, client: clientOf(line.client, roster.peek()) };
      if (room.peek()?.id === line.roomId) chat.value = mergeChat(chat.peek(), [whole]);
      return whole;
    },
    /** The server's truth takes the place of all that was known. */
    replace(snapshot: Snapshot): void {
      batch(() => {
        const before = selfId.peek();
        const { id } = snapshot.client;
        room.value = snapshot.room;
        selfId.value = id;
        roster.value = rosterOf(snapshot);
        chat.value = snapshot.chat.map((line) => ({ ...line, client: clientOf(line.client, roster.peek()) }));
        startedAt.value = snapshot.startedAt;
        ownIds.value = new Set([...ownIds.peek(), id]);
        if (before === null || before === id) return;
        // The seat was taken anew: what was said of the old one does not hold, what the page named stays one's own.
        unmuteRequested.value = false;
        poorNetwork.value = calm;
        activeSpeaker.value = null;
        volumes.value = noVolumes;
        named.value = new Map(
          [...named.peek()].map(([domId, tile]) => [domId, tile === before ? id : tile] as const),
        );
      });
    },
    clear(): void {
      batch(() => {
        selfId.value = null;
        room.value = null;
        roster.value = new Map();
        chat.value = [];
        ownIds.value = new Set();
        activeSpeaker.value = null;
        lastSpeaker.value = null;
        voiceTag.value = undefined;
        asAudio.value = false;
        volumes.value = noVolumes;
        startedAt.value = null;
        unmuteRequested.value = false;
        poorNetwork.value = calm;
        named.value = new Map();
        closed.value = new Set();
        streams.value = new Map();
      });
    },
  };
};
