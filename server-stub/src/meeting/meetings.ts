import { EventEmitter } from 'node:events';
import type { Self } from '@meetframe/contract/may';
import type { EndReason } from '@meetframe/contract/meeting/seat';
import type { Cluster, SeatRef } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Workers } from '../media/workers.ts';
import type { Access } from '../rooms/access.ts';
import { isWaitingPlanned, type Schedule } from '../rooms/schedule.ts';
import type { RoomRow } from '../rooms/tables.ts';
import type { Store } from '../store/store.ts';
import { written } from '../store/written.ts';
import type { Occurrence } from '../webhooks/outbox.ts';
import type { Chat } from './chat.ts';
import type { Journal } from './journal.ts';
import { Meeting, type MeetingEvents } from './meeting.ts';
import { entered, left, started } from './occurrences.ts';
import type { Participant } from './participant.ts';

/** A participant that holds a seat, and its meeting. */
export type Held = { meeting: Meeting; participant: Participant };

type Parts = {
  store: Store;
  access: Access;
  schedule: Pick<Schedule, 'due'>;
  cluster: Cluster;
  journal: Journal;
  chat: Chat;
  workers: Workers;
  log: Log;
};

/** How long a client should wait before it enters again, in ms. Random, so that not all clients come back at the same moment. */
const spread = (): number => 1000 + Math.floor(Math.random() * 4000);

/** The meetings that this node runs. */
export const makeMeetings = ({ store, access, schedule, cluster, journal, chat, workers, log }: Parts) => {
  const running = new Map<number, Meeting>();
  const opening = new Map<number, Promise<Meeting>>();
  /** Writes of meetings that have ended or were interrupted. */
  const ending = new Set<Promise<void>>();
  /** Ids of meetings that are over, which the database does not know yet. */
  const over = new Set<string>();
  const seats = new Map<number, SeatRef>();
  const events = new EventEmitter<MeetingEvents>();

  const open = async (room: RoomRow): Promise<Meeting> => {
    const tenure = await cluster.take(room.id);
    if (!('release' in tenure)) return fail('CONFLICT', 'The meeting of this room runs on another node.');
    try {
      const entry = await journal.open(room.id, { over });
      const lines = await chat.history(entry.id);
      const meeting = new Meeting({ entry, room, chat: lines, tenure, workers, log, events });
      tenure.lost.addEventListener('abort', () => meeting.interrupt(spread), { once: true });
      running.set(room.id, meeting);
      return meeting;
    } catch (error) {
      tenure.release();
      throw error;
    }
  };

  const at = (seat: SeatRef | undefined): Held | undefined => {
    const meeting = seat && running.get(seat.roomId);
    const participant = seat && meeting?.participants.get(seat.clientId);
    return meeting && participant ? { meeting, participant } : undefined;
  };
  const leave = (seat: SeatRef | undefined, reason?: EndReason): boolean => {
    const held = at(seat);
    held?.meeting.remove(held.participant, reason);
    return held !== undefined;
  };

  /** Applies a changed room: participants who may no longer be in it are removed, and the moderator is chosen again. */
  const recheck = async (roomId: number): Promise<void> => {
    const meeting = running.get(roomId);
    if (meeting) meeting.changes++;
    const row = meeting && (await store.selectFrom('room').selectAll().where('id', '=', roomId).executeTakeFirst());
    if (!meeting || !row) return;
    meeting.update(row);
    meeting.setWaitingRoom(isWaitingPlanned(row, (await schedule.due([row])).get(roomId)), 'data');
    for (const one of [...meeting.participants.values()]) {
      const standing = await access.standing(row, one.asker);
      if (!meeting.participants.has(one.id)) continue;
      if (standing === 'none') meeting.remove(one, 'kicked');
      else meeting.restand(one, standing);
    }
  };

  events.on('entered', (meeting, { id, user }) => {
    if (user) seats.set(user.id, { roomId: meeting.room.id, clientId: id });
  });
  events.on('left', (_, { id, user }) => {
    if (user && seats.get(user.id)?.clientId === id) seats.delete(user.id);
  });
  /** Stores whether a meeting is locked and has a waiting room, so that a restart of the server does not open it. It counts before it is stored. */
  const keepDoor = async (meeting: Meeting): Promise<void> => {
    await written(journal.setDoor(meeting), (error) =>
      log.warn({ err: error }, 'the lock of a meeting could not be stored'),
    );
  };
  events.on('waitingRoom', (meeting) => {
    if (meeting.isStored) void keepDoor(meeting);
  });
  const note = (id: string, occurrence: Occurrence): void => {
    journal
      .note(id, occurrence)
      .catch((error) => log.warn({ err: error }, 'an event of a meeting could not be stored for webhooks'));
  };
  events.on('started', (meeting) => note(meeting.id, started(meeting)));
  events.on('entered', (meeting, one) => note(meeting.id, entered(meeting, one)));
  events.on('left', (meeting, one, reason) => {
    // Participants of an interrupted meeting come back.
    if (!meeting.isInterrupted) note(meeting.id, left(meeting, one, reason));
  });
  events.on('ended', ({ id, room, hasStarted, isInterrupted }) => {
    running.delete(room.id);
    if (!hasStarted) return;
    if (!isInterrupted) over.add(id);
    const noted = (isInterrupted ? journal.seen([id]) : journal.end(id))
      .then(() => void over.delete(id))
      .catch((error) => log.warn({ err: error }, 'the end of a meeting could not be stored'))
      .finally(() => ending.delete(noted));
    ending.add(noted);
  });
  /** Applies a changed user to the seat of that user, whose rights follow from what the user is now. */
  const recheckUser = async (userId: number): Promise<void> => {
    const held = at(seats.get(userId));
    const user = held && (await store.selectFrom('user').selectAll().where('id', '=', userId).executeTakeFirst());
    if (!held || !user) return;
    if (user.deletedAt !== null) return held.meeting.remove(held.participant, 'loggedOut');
    const { isRenamed } = held.participant.follow(user);
    if (isRenamed) held.meeting.moderation.rename(held.participant.id, user.name);
    else held.meeting.changed(held.participant);
    await recheck(held.meeting.room.id);
  };

  const stops = [
    cluster.on('user.changed', ({ userId }) => {
      recheckUser(userId).catch((error) =>
        log.warn({ err: error }, 'a change of a user could not be applied to the meeting'),
      );
    }),
    cluster.on('room.changed', ({ roomId }) => {
      recheck(roomId).catch((error) =>
        log.warn({ err: error }, 'a change of a room could not be applied to its meeting'),
      );
    }),
    cluster.on('seat.taken', ({ userId, seat }) => {
      const other = seats.get(userId);
      if (other?.clientId !== seat.clientId || other.roomId !== seat.roomId) leave(other, 'displaced');
    }),
  ];

  const heldBy = (seat: SeatRef | undefined): Held => at(seat) ?? fail('NOT_IN_MEETING', 'Enter a meeting first.');

  return {
    events: events as Pick<typeof events, 'on' | 'off'>,
    get: (roomId: number) => running.get(roomId),
    all: () => running.values(),
    /** The participant and meeting of a seat; `undefined` when the seat is no longer taken. */
    at,
    /** The same; throws `NOT_IN_MEETING` instead of answering `undefined`. */
    heldBy,
    /** Who the caller is in its meeting, for permission checks. */
    self({ seat }: { seat: SeatRef | undefined }): (Self & SeatRef) | undefined {
      const held = at(seat);
      if (!held || !seat) return undefined;
      const { meeting, participant } = held;
      return {
        ...seat,
        isModerator: meeting.moderation.isModerator(participant),
        isOwner: participant.standing === 'owner',
        isLoggedIn: participant.user !== undefined,
      };
    },
    /** Ids of the rooms whose meetings this node runs. */
    rooms: () => [...running.keys()],
    /** The seat of a user on this node. */
    seatOf: (userId: number) => seats.get(userId),
    /** The row of a user changed: tells all nodes. */
    userChanged: (userId: number) => cluster.tell('user.changed', { userId }),
    /** Removes the participant of a seat. Returns false when the seat is no longer taken. */
    leave,

    /** The meeting in a room, with one seat reserved. The caller takes the seat or frees it. */
    async hold(room: RoomRow): Promise<Meeting> {
      const known = running.get(room.id);
      known?.hold();
      if (known) return known;
      const opened = opening.get(room.id) ?? open(room).finally(() => opening.delete(room.id));
      opening.set(room.id, opened);
      const meeting = await opened;
      meeting.hold();
      return meeting;
    },

    setConnected(seat: SeatRef | undefined, connected: boolean): void {
      const held = at(seat);
      held?.meeting.setConnected(held.participant, connected);
    },

    /** Closes the media of a participant, because their client may have lost track of it, so that it opens media again. */
    restartMedia(seat: SeatRef | undefined): void {
      const held = at(seat);
      held?.meeting.media.reset(held.participant.peer);
    },

    keepDoor,

    /** Records in the database that the meetings of this node still run. */
    seen: () => journal.seen([...running.values()].filter(({ hasStarted }) => hasStarted).map(({ id }) => id)),

    /** The server stops: interrupts all meetings and tells participants how long to wait before they enter again. */
    async close(): Promise<void> {
      for (const stop of stops) stop();
      for (const meeting of [...running.values()]) meeting.interrupt(spread);
      await Promise.all(ending);
    },
  };
};
export type Meetings = ReturnType<typeof makeMeetings>;
