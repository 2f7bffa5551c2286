import { randomInt } from 'node:crypto';
import type { Emit } from '@meetframe/contract/api';
import { RTCPeerError } from '@meetframe/contract/error';
import type { Occupancy } from '@meetframe/contract/meeting/occupancy';
import { rates } from '@meetframe/contract/wire';
import type { CallingDevice } from '../account/caller.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Access, Asker, Standing } from '../rooms/access.ts';
import type { Rooms } from '../rooms/rooms.ts';
import type { Schedule } from '../rooms/schedule.ts';
import { isPostgres } from '../store/postgres.ts';
import type { Store } from '../store/store.ts';
import type { RoomRow } from '../store/tables.ts';
import { type Written, written } from '../store/written.ts';
import { limit } from '../throttle/limit.ts';
import { sourceOf } from '../throttle/source.ts';
import { clientIdOf } from './clientId.ts';
import type { Journal } from './journal.ts';
import type { Meeting } from './meeting.ts';
import type { Meetings } from './meetings.ts';
import { Participant } from './participant.ts';

type Input = {
  roomId: number;
  username?: string | undefined;
  password?: string | undefined;
  maxNumber?: number | undefined;
  mode?: string | undefined;
};
/** A reserved seat that is not taken yet. Disposing of it frees the reservation, unless the seat was taken. */
export type Place = Disposable & {
  readonly meeting: Meeting;
  readonly participant: Participant;
  /** Takes the seat: the other participants are told, and older seats of the same user or device are given up. */
  take(): Promise<void>;
};
/** `guestIn`: the meeting that a guest is entering. */
type Entry = { device: CallingDevice; guestIn?: Meeting; refusal?: RTCPeerError };
type Parts = {
  store: Store;
  access: Access;
  rooms: Rooms;
  schedule: Schedule;
  meetings: Meetings;
  journal: Journal;
  cluster: Cluster;
  log: Log;
  /** Asks the store whose login a device has now, and whether its app still lists its page. */
  renew(device: CallingDevice): Promise<unknown>;
  /** How many seats guests of one network may hold in a room, in per cent. */
  guestShare: number;
};
/** In rooms with fewer seats guests of one network may hold all. */
const smallRoom = 10;

/** Whether the rights of an asker are still those of the device. */
const isUnchanged = ({ app, user }: Asker, device: CallingDevice): boolean =>
  app === device.app &&
  app?.revoked !== true &&
  user?.id === device.user?.id &&
  user?.role === device.user?.role &&
  user?.companyId === device.user?.companyId;

/** Lets devices into meetings: all checks are done and media opened before the other participants are told. */
export const makeAdmission = (parts: Parts) => {
  const { store, access, rooms, schedule, meetings, journal, cluster, log, renew, guestShare } = parts;
  const entries = limit(rates.enter.times, rates.enter.seconds);
  /** Entries in progress, oldest first. */
  const underWay = new Set<Entry>();

  const checkPassword = async (room: RoomRow, standing: Standing, password: string | undefined, asker: Asker) => {
    if (room.password === null || standing === 'owner') return;
    if (!password) return fail('WRONG_PASSWORD', 'This room asks for a password.');
    if (!(await rooms.checkPassword(room, standing, password, asker)))
      fail('WRONG_PASSWORD', 'The password of this room is another one.');
  };

  const companyOf = async (id: number | null | undefined) =>
    id
      ? await store.selectFrom('company').select(['name', 'contactOpened']).where('id', '=', id).executeTakeFirst()
      : undefined;

  /** Client ids whose seats become free by this entry: those of the same device, or of the same user on another device. */
  const replaced = ({ room }: Meeting, { seat, user }: CallingDevice): number[] => {
    const own = [seat, user && meetings.seatOf(user.id)];
    return [...new Set(own.flatMap((one) => (one?.roomId === room.id ? [one.clientId] : [])))];
  };

  /**
   * Whether there is a seat for this entry. The owner and members of the room always get in, however many guests came before; guests of
   * one source get a share of the seats only.
   */
  const requireFreeSeat = (
    meeting: Meeting,
    device: CallingDevice,
    { standing, maxNumber, isAhead = false }: { standing: Standing; maxNumber?: number | undefined; isAhead?: boolean },
  ): void => {
    const { numberLimit } = meeting.room;
    const own = replaced(meeting, device);
    // The seat of this entry is among the reserved ones, unless none is reserved yet.
    const seats = meeting.seats - own.length + (isAhead ? 1 : 0);
    const most = Math.min(
      standing === 'guest' ? numberLimit : Number.POSITIVE_INFINITY,
      maxNumber ?? Number.POSITIVE_INFINITY,
    );
    if (seats > most) fail('ROOM_FULL', `The room holds ${most} people and is full.`, { numberLimit: most });
    if (standing !== 'guest' || numberLimit < smallRoom) return;
    const source = sourceOf(device);
    const share = Math.ceil((numberLimit * guestShare) / 100);
    const ofSource = [...meeting.participants.values()].filter(
      (one) => one.standing === 'guest' && !own.includes(one.id) && one.source === source,
    );
    const entering = [...underWay].filter(
      (one) => one.guestIn === meeting && one.device !== device && sourceOf(one.device) === source,
    );
    if (ofSource.length + entering.length >= share)
      fail('ROOM_FULL', `Guests of one network hold at most ${share} seats of this room.`, { numberLimit: share });
  };

  /** A guest without a name gets a number, in the language of the browser. */
  const guestName = (meeting: Meeting, { language, person }: CallingDevice): string =>
    `${/^zh\b/i.test(language ?? '') ? '访客 ' : 'Guest '}${meeting.guests.numberOf(person)}`;

  /** Also the id of an older seat that is still taken: it is given up when this one is taken. */
  const idFor = (meeting: Meeting, device: CallingDevice): number => {
    const own = replaced(meeting, device);
    return clientIdOf(meeting.id, device, (id) => meeting.participants.has(id) && !own.includes(id));
  };

  /** Nobody waits to enter because a backup holds the lock of the SQLite file, or because the disk is full. */
  const unlessHeldUp = async <T>(write: Promise<T>): Promise<Written<T>> =>
    isPostgres(store)
      ? { value: await write }
      : await written(write, (error) => log.warn({ err: error }, 'an entry could not be stored'));

  const keyOf = ({ person, user }: CallingDevice): string => (user ? `user ${user.id}` : `person ${person}`);

  return {
    /** Whether this device could enter now, as far as seats and the lock decide; reserves nothing. */
    outlook(meeting: Meeting | undefined, device: CallingDevice, standing: Standing): Occupancy['entry'] {
      if (!meeting) return 'open';
      try {
        meeting.door.refuse(keyOf(device), standing);
        requireFreeSeat(meeting, device, { standing, isAhead: true });
        return 'open';
      } catch (error) {
        return (error as RTCPeerError).code === 'ROOM_FULL' ? 'full' : 'locked';
      }
    },

    /** Reserves a seat, after checking all rules of rooms and appointments. */
    async reserve(input: Input, device: CallingDevice): Promise<Place> {
      using stack = new DisposableStack();
      const entry: Entry = { device };
      underWay.add(entry);
      stack.defer(() => underWay.delete(entry));

      await entries.take(device.id);
      const { app, user, ip, admitted } = device;
      const asker: Asker = { app, user, ip, admitted, guest: device.guest?.user };
      const { row: room, standing } = await access.find(input.roomId, asker);
      if (standing === 'early') fail('ROOM_NOT_OPEN', 'The meeting has not started.', { reason: 'early' });
      await schedule.requireOpen(room);
      const appointment = (await schedule.due([room])).get(room.id);
      await checkPassword(room, standing, input.password, asker);
      const named = input.username ?? user?.name;

      const meeting = await meetings.hold(room);
      stack.defer(() => meeting.letGo());
      const key = keyOf(device);
      const name = named ?? guestName(meeting, device);
      const guest = { person: device.person, userId: user?.id, ip, name };
      meeting.removed.refuse(guest);
      meeting.door.refuse(key, standing);
      if (standing === 'guest') entry.guestIn = meeting;
      requireFreeSeat(meeting, device, { standing, maxNumber: input.maxNumber });
      // As long as the meeting runs, its room cannot be deleted and its appointment not cancelled. But that may have happened since they were read.
      const touching = rooms.touch(room.id);
      const touched = await unlessHeldUp(touching);
      if ('value' in touched && !touched.value) fail('NOT_FOUND', `There is no room ${room.id}.`, { field: 'roomId' });
      await schedule.requireOpen(room);
      const company = await companyOf(user?.companyId);
      const shown = company?.contactOpened === 1 ? user : undefined;
      const id = idFor(meeting, device);
      const seat = { roomId: room.id, clientId: id };
      // The room was being deleted while the write was held up.
      if ('missing' in touched) touching.then((exists) => exists || meetings.leave(seat, 'finished')).catch(() => {});
      const emit: Emit = (event, payload) => device.emit(event, payload);
      const participant = new Participant({
        client: {
          id,
          userId: user?.id ?? null,
          name,
          email: shown?.email ?? null,
          phone: shown?.phone ?? null,
          pictureurl: user?.photo ?? null,
          company: company?.name ?? null,
          mode: input.mode ?? device.mode,
          streamId: id,
          broadCastId: randomInt(1, 2 ** 31),
          isMuted: false,
          isSuperModerator: false,
          peerId: null,
        },
        person: device.person,
        asker,
        standing,
        emit,
        peer: meeting.media.add(id, emit),
        ended: () => {
          if (device.seat === seat) device.seat = undefined;
        },
      });
      stack.defer(() => {
        if (meeting.participants.get(id) !== participant) meeting.media.remove(participant.peer);
      });

      /** All that was checked may have changed since: it is checked once more, by the newest data. */
      const decideAgain = async (): Promise<void> => {
        await renew(device);
        if (device.user?.id !== user?.id)
          fail('CONFLICT', 'Another user logged in here, or the login ended, while the meeting was being entered.');
        if (device.app.revoked) fail('UNAUTHENTICATED', 'The app was changed while the meeting was being entered.');
        const asker: Asker = { app: device.app, user: device.user, ip, admitted, guest: device.guest?.user };
        participant.asker = asker;
        const { row, standing: now } = await access.find(room.id, asker);
        if (now === 'early') fail('ROOM_NOT_OPEN', 'The meeting has not started.', { reason: 'early' });
        await schedule.requireOpen(row);
        if (row.password !== null && row.password !== room.password)
          await checkPassword(row, now, input.password, asker);
        participant.standing = now;
        meeting.room = row;
      };

      const take = async (): Promise<void> => {
        if (!meeting.isStored)
          await unlessHeldUp(
            journal.begin(meeting, room.id).then(() => {
              meeting.isStored = true;
            }),
          );
        let changes: number;
        do {
          // A seat is given to clients that are there: one whose connection was lost meanwhile takes it when it has come back.
          await device.present();
          if (device.ended) fail('DISCONNECTED', 'The connection ended before the meeting was entered.');
          changes = meeting.changes;
          await decideAgain();
        } while (changes !== meeting.changes || !device.connected || !isUnchanged(participant.asker, device));
        requireFreeSeat(meeting, device, { standing: participant.standing, maxNumber: input.maxNumber });
        if (meeting.isInterrupted) fail('CONFLICT', 'The meeting continues on another server; enter again.');
        if (entry.refusal) throw entry.refusal;
        meeting.removed.refuse(guest);
        meeting.door.refuse(key, participant.standing);
        // Give up older seats only now: a device that cannot enter keeps its seat.
        const before = replaced(meeting, device);
        if (meeting.participants.has(id) && !before.includes(id))
          fail('CONFLICT', 'The meeting was entered twice at once; enter again.');
        const isChosen = before.some((clientId) => meeting.moderation.isChosen(clientId));
        meetings.leave(device.seat);
        if (user) meetings.leave(meetings.seatOf(user.id), 'displaced');
        if (user) cluster.tell('seat.taken', { userId: user.id, seat });
        for (const older of underWay) {
          if (older === entry) break;
          if (older.device === device || (user && older.device.user?.id === user.id))
            older.refusal = new RTCPeerError(
              'CONFLICT',
              'A meeting was entered again meanwhile, here or on another device.',
            );
        }
        device.seat = seat;
        meeting.appointment = appointment && { id: appointment.id, name: appointment.name };
        meeting.door.remember(key);
        meeting.add(participant);
        if (isChosen) meeting.moderation.choose(id);
        if (appointment && appointment.actuallyStartTime === null)
          await unlessHeldUp(schedule.started(appointment.id, meeting.startedAt));
      };
      const kept = stack.move();
      return { meeting, participant, take, [Symbol.dispose]: () => kept.dispose() };
    },

    /** The device leaves: its entries in progress are refused. */
    cancel(device: Pick<CallingDevice, 'id'>): void {
      for (const entry of underWay)
        if (entry.device.id === device.id)
          entry.refusal = new RTCPeerError('CONFLICT', 'The meeting was left while it was being entered.');
    },
  };
};
export type Admission = ReturnType<typeof makeAdmission>;
