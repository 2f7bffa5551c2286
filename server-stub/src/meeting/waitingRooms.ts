import type { WirePayload } from '@meetframe/contract/api';
import { RTCPeerError } from '@meetframe/contract/error';
import type { WaitingPerson, WaitingRoom } from '@meetframe/contract/meeting/waitingRoom';
import type { CallingDevice } from '../account/caller.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import { memoryCounts } from '../throttle/counts.ts';
import { Steady } from '../throttle/steady.ts';
import type { Meeting } from './meeting.ts';
import type { Meetings } from './meetings.ts';

type State = WirePayload<'meeting.onWaiting'>['state'];
/** A device whose caller has to wait, here called the comer. */
type Applicant = {
  device: CallingDevice;
  name: string;
  /** Key of the comer in `Door`. */
  key: string;
  /** Keys by which a refused comer is recognised; see `keysOf`. */
  keys: readonly string[];
  /** What counts as one source where limits go by source. */
  source: string;
};

/** How many people may wait for one room. */
export const mostWaiting = 100;
/** How long a refused comer cannot ask again, in seconds. */
const refusedFor = 60;
/** How often to check again whether the comer may still enter, in ms, because the end of an appointment causes no event. */
const lookEvery = 60_000;

/** One entry of the list of waiting people. Disposing of it removes it. */
export class Waiter implements Disposable {
  readonly person: WaitingPerson;
  readonly applicant: Applicant;
  readonly #tell: (state: State) => void;
  readonly #left: () => void;
  #isOver = false;
  #mayLook = false;
  #end: RTCPeerError | undefined;
  #wake: (() => void) | undefined;

  constructor(person: WaitingPerson, applicant: Applicant, calls: { tell(state: State): void; left(): void }) {
    this.person = person;
    this.applicant = applicant;
    this.#tell = calls.tell;
    this.#left = calls.left;
  }

  /** Resolves when the caller should check again whether the comer may enter. Rejects when the waiting was ended. */
  async next(): Promise<void> {
    if (!this.#end && !this.#mayLook) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        timer = setTimeout(resolve, lookEvery).unref();
      });
      clearTimeout(timer);
    }
    this.#mayLook = false;
    if (this.#end) throw this.#end;
  }

  /** Something changed that may let the applicant in, or keep it out. */
  look(): void {
    this.#mayLook = true;
    this.#wake?.();
  }

  /** Tells the applicant that it goes on waiting. */
  remind(): void {
    if (!this.#isOver) this.#tell('waiting');
  }

  /** Ends the waiting with this error. */
  end(error: RTCPeerError, state: 'refused' | 'ended' = 'ended'): void {
    this.#end ??= error;
    this.over(state);
    this.#wake?.();
  }

  /** The applicant waits no longer. */
  over(state: Exclude<State, 'waiting'>): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#left();
    this.#tell(state);
  }

  [Symbol.dispose](): void {
    this.over('ended');
  }
}

/**
 * The people who wait to be admitted, for each room. They hold no seat and get no events of the meeting, which may begin and end
 * meanwhile.
 */
export const makeWaitingRooms = ({
  meetings,
  cluster,
  guestShare,
}: {
  meetings: Pick<Meetings, 'get' | 'events'>;
  cluster: Pick<Cluster, 'on'>;
  /** How much of a waiting room guests of one network may fill, in per cent. */
  guestShare: number;
}) => {
  const rooms = new Map<number, Set<Waiter>>();
  const refused = memoryCounts(refusedFor);
  const steady = new Steady<number>();
  let lastId = 0;

  const of = (roomId: number): Waiter[] => [...(rooms.get(roomId) ?? [])];
  const hasModerator = (roomId: number): boolean => meetings.get(roomId)?.moderation.moderator !== undefined;
  const list = ({ room, door }: Meeting): WaitingRoom => ({
    roomId: room.id,
    isOn: door.hasWaitingRoom,
    waiting: of(room.id).map(({ person }) => person),
  });
  const tellModerator = (meeting: Meeting | undefined): void =>
    meeting?.moderation.moderator?.emit('meeting.onWaitingRoom', list(meeting));
  /** Sends the list to the moderator, four times a second at most. */
  const changed = (roomId: number): void => steady.call(roomId, () => tellModerator(meetings.get(roomId)));
  const endAll = (roomId: number, error: () => RTCPeerError): void => {
    for (const one of of(roomId)) one.end(error());
  };
  const letIn = (meeting: Meeting, some: readonly Waiter[]): void => {
    for (const one of some) {
      meeting.door.remember(one.applicant.key);
      one.look();
    }
  };
  const find = (meeting: Meeting, waitingId: number): Waiter =>
    of(meeting.room.id).find(({ person }) => person.id === waitingId) ??
    fail('NOT_FOUND', `No person in the waiting room has the id ${waitingId}.`, { field: 'waitingId' });

  meetings.events.on('moderated', (meeting, before) => {
    const { room, door, moderation } = meeting;
    const waiting = of(room.id);
    if (!door.hasWaitingRoom && waiting.length === 0) return;
    // Clear the list of the previous moderator: otherwise the last one would be sent again after a lost connection.
    before?.emit('meeting.onWaitingRoom', { ...list(meeting), waiting: [] });
    tellModerator(meeting);
    if ((before === undefined) !== (moderation.moderator === undefined)) for (const one of waiting) one.remind();
  });
  meetings.events.on('waitingRoom', (meeting) => {
    if (!meeting.door.hasWaitingRoom) letIn(meeting, of(meeting.room.id));
    tellModerator(meeting);
  });
  meetings.events.on('entered', ({ room, participants }) => {
    const { numberLimit } = room;
    if (participants.size >= numberLimit)
      endAll(
        room.id,
        () => new RTCPeerError('ROOM_FULL', `The room holds ${numberLimit} people and is full.`, { numberLimit }),
      );
  });
  meetings.events.on('left', ({ room }, _, reason) => {
    if (reason === 'finished')
      endAll(room.id, () => new RTCPeerError('ROOM_NOT_OPEN', 'The meeting was ended.', { reason: 'finished' }));
  });
  meetings.events.on('ended', ({ room, hasStarted, isInterrupted }) => {
    // The next meeting may have no waiting room.
    if (hasStarted && !isInterrupted) for (const one of of(room.id)) one.look();
  });
  const stops = [
    cluster.on('room.changed', ({ roomId }) => {
      for (const one of of(roomId)) one.look();
    }),
    cluster.on('user.changed', ({ userId }) => {
      for (const waiters of rooms.values()) for (const one of waiters) if (one.person.userId === userId) one.look();
    }),
  ];

  return {
    list,

    /**
     * Puts the applicant on the list.
     *
     * @throws RTCPeerError `ROOM_NOT_OPEN` shortly after a refusal, `THROTTLED` when too many wait
     */
    async join(roomId: number, applicant: Applicant): Promise<Waiter> {
      const waits = await Promise.all(applicant.keys.map((key) => refused.get(`${roomId} ${key}`)));
      const retryAfter = Math.ceil(Math.max(...waits.map(({ points, endsIn }) => (points > 0 ? endsIn : 0))));
      if (retryAfter > 0)
        fail('ROOM_NOT_OPEN', 'The moderator did not let you in; wait a little before you ask again.', {
          ...{ reason: 'refused', retryAfter },
        });
      const waiters = rooms.get(roomId) ?? new Set<Waiter>();
      const ofSource = [...waiters].filter((one) => one.applicant.source === applicant.source);
      if (waiters.size >= mostWaiting || ofSource.length >= (mostWaiting * guestShare) / 100)
        fail('THROTTLED', 'Too many people wait to be let in.', { retryAfter: 15_000 });
      const { device, name } = applicant;
      const person = { id: ++lastId, name, photo: device.user?.photo ?? null, userId: device.user?.id ?? null };
      const waiter = new Waiter({ ...person, since: Date.now() }, applicant, {
        tell: (state) => device.emit('meeting.onWaiting', { roomId, state, hasModerator: hasModerator(roomId) }),
        left() {
          waiters.delete(waiter);
          if (waiters.size === 0) rooms.delete(roomId);
          changed(roomId);
        },
      });
      rooms.set(roomId, waiters.add(waiter));
      changed(roomId);
      waiter.remind();
      return waiter;
    },

    /** Admits one person who waits, or all. */
    admit: (meeting: Meeting, waitingId: number | undefined): void =>
      letIn(meeting, waitingId === undefined ? of(meeting.room.id) : [find(meeting, waitingId)]),

    /** Refuses a person who waits. */
    async decline(meeting: Meeting, waitingId: number): Promise<void> {
      const waiter = find(meeting, waitingId);
      const details = { reason: 'refused', retryAfter: refusedFor * 1000 };
      waiter.end(new RTCPeerError('ROOM_NOT_OPEN', 'The moderator did not let you in.', details), 'refused');
      for (const key of waiter.applicant.keys) await refused.add(`${meeting.room.id} ${key}`, 1);
    },

    /** Stops sending lists. */
    close(): void {
      for (const stop of stops) stop();
      steady.close();
    },
  };
};
export type WaitingRooms = ReturnType<typeof makeWaitingRooms>;
