import {
  type Author,
  type Client as ClientBean,
  type Participant,
  type Room,
  RTCPeerError,
  type Snapshot,
  usual,
  type WirePayload,
} from '@meetframe/contract';
import { batch, computed, createModel, effect, signal } from '@preact/signals';
import type { Client } from '../../platform/client.ts';
import type { Emit } from '../events.ts';
import type { SeatModel } from './seat.ts';

type Participants = ReadonlyMap<number, Participant>;
export type RosterModel = InstanceType<typeof Roster>;

const empty: Participants = new Map();

/** All participants of a snapshot, the own one last, with the default values that it leaves out. */
export const participantsOf = ({
  client,
  members,
  more,
}: Pick<Snapshot, 'client' | 'members' | 'more'>): Participants => {
  const unusual = new Map(more.map(({ id, ...facts }) => [id, facts]));
  return new Map(
    [...members, client].map((one) => [one.id, { ...usual.facts, ...unusual.get(one.id), client: one }] as const),
  );
};

/** The participants after a change, in order of arrival. */
export const applyRoster = (
  before: Participants,
  change: Pick<WirePayload<'meeting.roster'>, 'joined' | 'changed' | 'left'>,
): Participants => {
  const next = new Map(before);
  for (const id of change.left) next.delete(id);
  for (const { client, ...facts } of change.joined)
    next.set(client.id, { ...usual.facts, ...facts, client: { ...usual.client, ...client } });
  for (const { client, ...facts } of change.changed) {
    const known = next.get(client.id);
    // A change of a participant who has left must not add that participant again.
    if (known) next.set(client.id, { ...known, ...facts, client: { ...known.client, ...client } });
  }
  return next;
};

/** The participants of the meeting, and its room. */
export const Roster = createModel((deps: { client: Pick<Client, 'on'>; seat: SeatModel; emit: Emit }) => {
  const { client, seat, emit } = deps;
  const room = signal<Room | null>(null);
  const startedAt = signal<number | null>(null);
  const participants = signal<Participants>(empty);
  const self = computed(() => (seat.selfId.value === null ? undefined : participants.value.get(seat.selfId.value)));
  const others = computed(() => [...participants.value.values()].filter((each) => each !== self.value));
  /** The own participant first, then the others in order of arrival. */
  const members = computed(() => (self.value ? [self.value, ...others.value] : others.value));
  /** Whether a participant moderates: the room and the participant say so, and one of them may be told first. */
  const isModerator = ({ client }: Participant): boolean =>
    client.isSuperModerator || client.id === room.value?.superModeId;
  /** `peerId` with which a participant's video was last announced, also while it is off. */
  const announced = new Map<number, string>();

  const announceVideo = (roomId: number, now: Participant, old: Participant | undefined): void => {
    const { client: of, video } = now;
    const hadVideo = old?.video === true;
    const last = announced.get(of.id);
    const isRenewed = last !== undefined && of.peerId !== null && last !== of.peerId;
    if (video && (!hadVideo || isRenewed))
      emit('onPublished', { roomId, client: of, event: 'play', ...(isRenewed && { vCode: 'rePlay' as const }) });
    if (video && of.peerId !== null) announced.set(of.id, of.peerId);
    const isAudioMode = now.audioOnly && old?.audioOnly === false;
    if (isAudioMode) emit('onPublished', { roomId, client: of, event: 'audioMode' });
    else if (!video && hadVideo && !now.audioOnly) emit('onPublished', { roomId, client: of, event: 'close' });
  };

  /** The other participant whose screen is shared. */
  const sharerIn = (some: Participants): Participant | undefined =>
    [...some.values()].find(({ screen, client }) => screen !== null && !seat.ownIds.peek().has(client.id));
  const announceScreen = (roomId: number, now: Participant | undefined, old: Participant | undefined): void => {
    const of = now ?? old;
    if (of && (now?.screen !== old?.screen || of.client.id !== old?.client.id))
      emit('onShareScreen', { roomId, client: of.client, shareScreenId: now?.screen ?? null });
  };

  const update = (roomId: number, next: Participants): void => {
    const before = participants.peek();
    const isEntering = before.size === 0;
    participants.value = next;
    for (const [id, { client: gone }] of before) {
      if (next.has(id)) continue;
      announced.delete(id);
      emit('ExitRoom', { roomId, client: gone });
    }
    for (const [id, participant] of next) {
      const old = before.get(id);
      if (participant === old) continue;
      // Participants who were there before are in the answer of `meeting.enter`.
      if (!old && (!isEntering || id === seat.selfId.peek())) emit('EnterRoom', { roomId, client: participant.client });
      announceVideo(roomId, participant, old);
    }
    announceScreen(roomId, sharerIn(next), sharerIn(before));
  };

  seat.follow({
    taken(snapshot) {
      room.value = snapshot.room;
      startedAt.value = snapshot.startedAt;
      update(snapshot.room.id, participantsOf(snapshot));
    },
    left(reason, selfId) {
      const own = participants.peek().get(selfId)?.client;
      const roomId = room.peek()?.id;
      if (own && roomId !== undefined) {
        emit('ExitRoom', { roomId, client: own });
        if (reason === 'displaced') emit('EnterRoom', { roomId, client: own, result: 9 });
      }
      announced.clear();
      room.value = null;
      startedAt.value = null;
      participants.value = empty;
    },
  });
  effect(() =>
    client.on('meeting.roster', (change) => {
      if (room.peek()?.id !== change.roomId) return;
      batch(() => {
        if (change.room) room.value = change.room;
        update(change.roomId, applyRoster(participants.peek(), change));
      });
    }),
  );

  const notIn = () => new RTCPeerError('NOT_IN_MEETING', 'There is no meeting: call meeting.enter first.');
  return {
    room,
    /** The name of the meeting: of its appointment or else of its room; empty outside a meeting. */
    title: computed(() => room.value?.appointmentName || room.value?.name || ''),
    startedAt,
    participants,
    self,
    others,
    members,
    isModerator,
    /** The user moderates. */
    moderates: computed(() => self.value !== undefined && isModerator(self.value)),
    /** The room is for audio only (type 1), or it was entered so: the user's camera cannot be used. */
    isAudioOnly: computed(() => seat.enteredAudioOnly.value || room.value?.roomType === 1),
    /**
     * The whole client for the short form of a participant; of a participant who has left, only name, avatar and ids
     * are known.
     */
    clientOf({ id, name, pictureurl, userId }: Author): ClientBean {
      const gone = { ...usual.client, id, userId, name, pictureurl, mode: '', streamId: id, broadCastId: id };
      return participants.peek().get(id)?.client ?? gone;
    },
    /** Throws `NOT_IN_MEETING`. */
    ownClient(): ClientBean {
      const own = self.peek();
      if (!own) throw notIn();
      return own.client;
    },
    /** Throws `NOT_IN_MEETING` or `NOT_FOUND`. */
    find(id: number): Participant {
      if (!seat.isIn()) throw notIn();
      const participant = participants.peek().get(id);
      if (!participant) throw new RTCPeerError('NOT_FOUND', `No participant with the id ${id} is in the meeting.`);
      return participant;
    },
    /** Applies the server's answer about the own participant, before `meeting.roster` brings it. */
    confirmSelf({ isMuted, ...facts }: { isMuted?: boolean; video?: boolean; audioOnly?: boolean }): void {
      const own = self.peek();
      const roomId = room.peek()?.id;
      if (!own || roomId === undefined) return;
      const client = isMuted === undefined ? own.client : { ...own.client, isMuted };
      update(roomId, new Map(participants.peek()).set(own.client.id, { ...own, client, ...facts }));
    },
  };
});
