import { randomInt } from 'node:crypto';
import type { Emit } from '@meetframe/contract/api';
import type { Client } from '@meetframe/contract/beans';
import { rates } from '@meetframe/contract/wire';
import { fail } from '../errors.ts';
import { limit } from '../limits.ts';
import type { Log } from '../log.ts';
import { RoomMedia } from '../media/room.ts';
import type { Workers } from '../media/workers.ts';
import type { Access, Asker } from '../rooms/access.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Schedule } from '../rooms/schedule.ts';
import type { Store } from '../store/store.ts';
import type { RoomRow } from '../store/tables.ts';
import { Meeting } from './meeting.ts';
import { type ClosedReason, Participant } from './participant.ts';

export type Meetings = ReturnType<typeof makeMeetings>;
/** What a meeting needs of a connected device. */
export type Device = Asker & {
  readonly id: string;
  readonly mode: string;
  readonly connected: boolean;
  /** The device is gone for good, and must not get a seat any more. */
  readonly ended: boolean;
  /** How often it asked to leave: an entry that was under way then must not succeed any more. */
  readonly exits: number;
  participant: Participant | undefined;
  emit: Emit;
};
type Enter = {
  roomId: number;
  username?: string | undefined;
  password?: string | undefined;
  maxNumber?: number | undefined;
  mode?: string | undefined;
};

/** All meetings of this node. */
export const makeMeetings = (parts: {
  store: Store;
  access: Access;
  rooms: () => Rooms;
  schedule: () => Schedule;
  workers: Workers;
  log: Log;
}) => {
  const { store, workers, log } = parts;
  const running = new Map<number, Meeting>();
  const writing = limit(rates.chat.times, rates.chat.seconds);
  const entering = limit(rates.enter.times, rates.enter.seconds);

  const meetingOf = (room: RoomRow): Meeting => {
    const known = running.get(room.id);
    if (known) {
      known.room = room;
      return known;
    }
    const made = new Meeting(room, new RoomMedia(workers, log), (over) => {
      running.delete(over.room.id);
      parts
        .rooms()
        .touch(over.room.id)
        .catch((error) => log.warn({ err: error }, 'the room was not marked as used'));
    });
    running.set(room.id, made);
    return made;
  };

  const freshId = (meeting: Meeting): number => {
    const id = randomInt(1, 2 ** 31);
    return meeting.participants.has(id) ? freshId(meeting) : id;
  };

  const displace = (userId: number): void => {
    for (const meeting of running.values()) {
      for (const other of meeting.participants.values())
        if (other.user?.id === userId) meeting.remove(other, 'displaced');
    }
  };

  return {
    isRunning: (roomId: number) => running.has(roomId),
    runningSince: (roomId: number) => running.get(roomId)?.startedAt,
    /** Ids of the rooms in which there are meetings. */
    rooms: () => [...running.keys()],
    get: (roomId: number) => running.get(roomId),
    all: () => running.values(),

    /** Everything is checked before anybody learns that somebody came. `prepare` opens the media while the seat is held. */
    async enter<T>(
      input: Enter,
      session: Device,
      prepare: (participant: Participant) => Promise<T>,
    ): Promise<{ participant: Participant; prepared: T }> {
      const { exits } = session;
      await entering.take(session.id);
      const asker: Asker = { app: session.app, user: session.user, ip: session.ip, admitted: session.admitted };
      const { user } = session;
      const rooms = parts.rooms();
      const { row: room, standing } = await parts.access.find(input.roomId, asker);
      if (standing === 'early') fail('ROOM_NOT_OPEN', 'The meeting has not started.', { reason: 'early' });
      await parts.schedule().requireOpen(room);
      const appointment = (await parts.schedule().due([room])).get(room.id);
      if (room.password !== null && standing !== 'owner') {
        const right =
          input.password !== undefined &&
          input.password !== '' &&
          (await rooms.checkPassword(room, input.password, asker));
        if (!right)
          fail(
            'WRONG_PASSWORD',
            input.password ? 'The password of this room is another one.' : 'This room asks for a password.',
          );
      }
      const name =
        input.username ??
        user?.name ??
        fail('INVALID_ARGUMENT', 'meeting.enter: username should be given by guests.', {
          field: 'username',
          expected: 'string',
        });

      const meeting = meetingOf(room);
      /** Those whose seat becomes free by this: one’s own of before, here or on another device. */
      const isReplaced = (one: Participant) => one === session.participant || (user && one.user?.id === user.id);
      const again = [...meeting.participants.values()].filter(isReplaced).length;
      const seats = Math.min(room.numberLimit, input.maxNumber ?? room.numberLimit);
      const isFull = meeting.participants.size + meeting.pending - again >= seats;
      if (isFull) fail('ROOM_FULL', `The room holds ${seats} people and is full.`, { numberLimit: seats });
      meeting.pending++;
      try {
        // While it runs it is neither deleted nor cancelled; since it was looked up it may have been.
        if (!(await rooms.touch(room.id))) fail('NOT_FOUND', `There is no room ${room.id}.`, { field: 'roomId' });
        await parts.schedule().requireOpen(room);
        const id = freshId(meeting);
        const emit: Emit = (name, payload) => session.emit(name, payload);
        const client: Client = {
          id,
          name,
          email: user?.email ?? null,
          phone: user?.phone ?? null,
          pictureurl: user?.photo ?? null,
          company: user ? ((await companyName(user.companyId)) ?? null) : null,
          mode: input.mode ?? session.mode,
          streamId: id,
          broadCastId: randomInt(1, 2 ** 31),
          isMuted: false,
          isSuperModerator: false,
          peerId: null,
        };
        const peer = meeting.media.add(id, emit);
        const participant: Participant = new Participant({
          client,
          asker,
          standing,
          meeting,
          emit,
          peer,
          ended: () => {
            if (session.participant === participant) session.participant = undefined;
          },
        });
        let prepared: T;
        try {
          prepared = await prepare(participant);
          // Its page was closed meanwhile: nobody would ever free this seat.
          if (session.ended) fail('DISCONNECTED', 'The connection ended before the meeting was entered.');
          if (session.exits !== exits) fail('CONFLICT', 'The meeting was left while it was being entered.');
        } catch (error) {
          meeting.media.remove(peer);
          throw error;
        }
        // Only now: whoever cannot come in keeps the seat that they have.
        session.participant?.meeting.remove(session.participant);
        if (user) displace(user.id);
        session.participant = participant;
        participant.connected = session.connected;
        meeting.appointment = appointment && { id: appointment.id, name: appointment.name };
        meeting.add(participant);
        if (appointment && appointment.actuallyStartTime === null)
          await parts.schedule().started(appointment.id, meeting.startedAt);
        return { participant, prepared };
      } finally {
        meeting.pending--;
        meeting.endIfEmpty();
      }
    },

    /** The room's data changed: whoever may no longer be in it leaves, and who may moderate is decided again. */
    async recheck(roomId: number): Promise<void> {
      const meeting = running.get(roomId);
      if (!meeting) return;
      for (const one of [...meeting.participants.values()]) {
        const standing = await parts.access.standing(meeting.room, one.asker);
        if (!meeting.participants.has(one.id)) continue;
        if (standing === 'none') meeting.remove(one, 'kicked');
        else meeting.restand(one, standing);
      }
    },

    leave(participant: Participant, reason?: ClosedReason, retryAfter?: number): void {
      participant.meeting.remove(participant, reason, retryAfter);
    },

    async setMuted(participant: Participant, isMuted: boolean): Promise<void> {
      participant.client.isMuted = isMuted;
      const { producers } = participant.peer;
      const mic = producers.get('mic');
      if (mic && !mic.closed) await (isMuted ? mic.pause() : mic.resume());
      // The sound of a screen stays off until whoever shares it turns it on: it may have been off before.
      if (isMuted) await producers.get('screenAudio')?.pause();
      participant.meeting.changed(participant);
    },

    async chat(participant: Participant, content: string) {
      await writing.take(`${participant.room.id} ${participant.id}`);
      const { meeting, client, user } = participant;
      const time = Date.now();
      const row = {
        roomId: meeting.room.id,
        clientId: client.id,
        userId: user?.id ?? null,
        name: client.name,
        content,
        time,
      };
      const { id } = await store.insertInto('chat_message').values(row).returning('id').executeTakeFirstOrThrow();
      const message = {
        id,
        userId: client.id,
        roomId: meeting.room.id,
        content,
        client: participant.bean().client,
        time,
      };
      meeting.say(message);
      return message;
    },

    /** Ends every participation; `retryAfter` gives each person a time of their own, in ms, to come back. */
    closeAll(reason: ClosedReason, retryAfter: () => number): void {
      for (const meeting of [...running.values()])
        for (const one of [...meeting.participants.values()]) meeting.remove(one, reason, retryAfter());
    },
  };

  async function companyName(id: number | null) {
    return id
      ? (await store.selectFrom('company').select('name').where('id', '=', id).executeTakeFirst())?.name
      : undefined;
  }
};
