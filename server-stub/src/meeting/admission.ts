import type { Emit } from '@meetframe/contract/api';
import { RTCPeerError } from '@meetframe/contract/error';
import { rates } from '@meetframe/contract/wire';
import type { Asker, CallingDevice } from '../account/caller.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Access, Standing } from '../rooms/access.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { type Due, isWaitingPlanned, type Schedule } from '../rooms/schedule.ts';
import type { RoomRow } from '../rooms/tables.ts';
import { isPostgres } from '../store/postgres.ts';
import type { Store } from '../store/store.ts';
import { type Written, written } from '../store/written.ts';
import { limit } from '../throttle/limit.ts';
import { sourceOf } from '../throttle/source.ts';
import type { Journal } from './journal.ts';
import type { Meeting } from './meeting.ts';
import type { Meetings } from './meetings.ts';
import { companyOf, newClient } from './newClient.ts';
import { Participant } from './participant.ts';
import { type Entrant, keysOf } from './removed.ts';
import { keyOf, type PendingEntry, type Seating } from './seating.ts';
import type { WaitingRooms } from './waitingRooms.ts';

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
type Parts = {
  store: Store;
  access: Access;
  rooms: Rooms;
  schedule: Schedule;
  meetings: Meetings;
  seating: Seating;
  journal: Journal;
  cluster: Cluster;
  waitingRooms: Pick<WaitingRooms, 'join'>;
  log: Log;
  /** Asks the store whose login a device has now, and whether its app still lists its page. */
  renew(device: CallingDevice): Promise<unknown>;
};
/** Whether the rights of an asker are still those of the device. */
const isUnchanged = ({ app, user }: Asker, device: CallingDevice): boolean =>
  app === device.app &&
  app?.revoked !== true &&
  user?.id === device.user?.id &&
  user?.role === device.user?.role &&
  user?.companyId === device.user?.companyId;

/** Lets devices into meetings: all checks are done and media opened before the other participants are told. */
export const makeAdmission = (parts: Parts) => {
  const { store, access, rooms, schedule, meetings, journal, cluster, waitingRooms, log, renew, seating } = parts;
  const entries = limit(rates.enter.times, rates.enter.seconds);
  const { underWay, replaced, requireFreeSeat, idFor } = seating;

  const checkPassword = async (room: RoomRow, standing: Standing, password: string | undefined, asker: Asker) => {
    if (room.password === null || standing === 'owner') return;
    if (!password) return fail('WRONG_PASSWORD', 'This room needs a password.');
    if (!(await rooms.checkPassword(room, standing, password, asker))) fail('WRONG_PASSWORD', 'The password is wrong.');
  };

  /** A guest without a name gets a number, in the language of the browser. */
  const guestName = (meeting: Meeting, { locale, person }: CallingDevice): string =>
    `${locale === 'zh-CN' ? '访客 ' : 'Guest '}${meeting.guests.numberOf(person)}`;

  /** Does not let participants wait for a write when a backup holds the lock of the SQLite file, or when the disk is full. */
  const unlessHeldUp = async <T>(write: Promise<T>): Promise<Written<T>> =>
    isPostgres(store)
      ? { value: await write }
      : await written(write, (error) =>
          log.warn({ err: error }, 'the time at which a participant entered could not be stored'),
        );

  const refuseEntry = (entry: PendingEntry, error: RTCPeerError): void => {
    entry.refusal = error;
    entry.waiter?.end(error);
  };
  const enteredAgain = () =>
    new RTCPeerError('CONFLICT', 'The same caller entered a meeting again meanwhile, here or on another device.');
  const otherLogin = (): never =>
    fail('CONFLICT', 'Another user logged in here, or the login ended, while the meeting was being entered.');

  type Found = {
    room: RoomRow;
    standing: Standing;
    appointment: Due | undefined;
    meeting: Meeting;
    asker: Asker;
    entrant: Entrant;
    mustWait: boolean;
  };
  /** Checks all rules of rooms and appointments, and reserves a seat until `stack` is disposed of. `passed`: the room's password that was checked before. */
  const look = async (
    input: Input,
    device: CallingDevice,
    { stack, passed }: { stack: DisposableStack; passed: string | null | undefined },
  ): Promise<Found> => {
    const { app, user, ip, admitted } = device;
    const asker: Asker = { app, user, ip, admitted, guest: device.guest?.user };
    const { row: room, standing } = await access.find(input.roomId, asker);
    if (standing === 'early') fail('ROOM_NOT_OPEN', 'The meeting has not started.', { reason: 'early' });
    await schedule.requireOpen(room);
    const appointment = (await schedule.due([room])).get(room.id);
    if (room.password !== passed) await checkPassword(room, standing, input.password, asker);

    const meeting = await meetings.hold(room);
    // A device that is refused frees its seat at once: otherwise others that enter at this moment would be refused for it.
    using held = new DisposableStack();
    held.defer(() => meeting.letGo());
    const key = keyOf(device);
    const name = input.username ?? user?.name ?? guestName(meeting, device);
    const entrant = { person: device.person, userId: user?.id, ip, name };
    meeting.removed.refuse(entrant);
    meeting.door.refuse(key, standing);
    requireFreeSeat(meeting, device, { standing, maxNumber: input.maxNumber });
    meeting.setWaitingRoom(isWaitingPlanned(room, appointment), 'data');
    // A guest who takes part in a call to this room need not wait.
    const mustWait = meeting.door.mustWait(key, standing) && !(await access.isCalling(room.id, asker));
    stack.use(held.move());
    return { room, standing, appointment, meeting, asker, entrant, mustWait };
  };

  /** Checks as {@link look} does and, if the device must wait, waits until the moderator admits it. */
  const find = async (input: Input, entry: PendingEntry, stack: DisposableStack): Promise<Found> => {
    const { device } = entry;
    let passed: string | null | undefined;
    using waiting = new DisposableStack();
    for (;;) {
      using turn = new DisposableStack();
      const found = await look(input, device, { stack: turn, passed });
      if (entry.refusal) throw entry.refusal;
      if (!found.mustWait) {
        stack.use(turn.move());
        entry.waiter?.over('admitted');
        entry.waiter = undefined;
        return found;
      }
      passed = found.room.password;
      // While it waits it holds no seat, and does not keep the meeting running.
      turn.dispose();
      const key = keyOf(device);
      if (!entry.waiter) {
        const { entrant } = found;
        const applicant = { device, key, keys: keysOf(entrant), name: entrant.name, source: sourceOf(device) };
        const waiter = waiting.use(await waitingRooms.join(found.room.id, applicant));
        // The same user or guest, here or on another device, waits only once: refuse the older entry.
        for (const other of underWay)
          if (other.waiter && (other.device === device || other.waiter.applicant.key === key))
            refuseEntry(other, enteredAgain());
        entry.waiter = waiter;
        const end = (): void =>
          waiter.end(new RTCPeerError('DISCONNECTED', 'The connection ended before the meeting was entered.'));
        device.gone.addEventListener('abort', end, { once: true });
        waiting.defer(() => device.gone.removeEventListener('abort', end));
        if (device.ended) end();
        if (entry.refusal) throw entry.refusal;
      }
      await entry.waiter.next();
      await renew(device);
      if (entry.waiter.applicant.key !== keyOf(device)) otherLogin();
    }
  };

  return {
    /** Reserves a seat, after checking all rules of rooms and appointments, and after waiting to be let in. */
    async reserve(input: Input, device: CallingDevice): Promise<Place> {
      using stack = new DisposableStack();
      const entry: PendingEntry = { device };
      underWay.add(entry);
      stack.defer(() => underWay.delete(entry));

      await entries.take(device.id);
      const { room, standing, appointment, meeting, asker, entrant } = await find(input, entry, stack);
      const { ip, admitted } = device;
      const { user } = asker;
      const { name } = entrant;
      const key = keyOf(device);
      if (standing === 'guest') entry.guestIn = meeting;
      requireFreeSeat(meeting, device, { standing, maxNumber: input.maxNumber });
      // As long as the meeting runs, its room cannot be deleted and its appointment not cancelled. But that may have happened since they were read.
      const touching = rooms.touch(room.id);
      const touched = await unlessHeldUp(touching);
      if ('value' in touched && !touched.value) fail('NOT_FOUND', `There is no room ${room.id}.`, { field: 'roomId' });
      await schedule.requireOpen(room);
      const company = user && (await companyOf(store, user));
      const id = idFor(meeting, device);
      const seat = { roomId: room.id, clientId: id };
      // The room was being deleted while the write was held up.
      if ('missing' in touched) touching.then((exists) => exists || meetings.leave(seat, 'finished')).catch(() => {});
      const emit: Emit = (event, payload) => device.emit(event, payload);
      const participant = new Participant({
        client: newClient({ id, name, user, company, mode: input.mode ?? device.mode }),
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

      let isCalled = false;
      /** Checks everything once more with the newest data, which may have changed since. */
      const decideAgain = async (): Promise<void> => {
        await renew(device);
        if (device.user?.id !== user?.id) otherLogin();
        if (device.app.revoked) fail('UNAUTHENTICATED', 'The app was changed while the meeting was being entered.');
        const asker: Asker = { app: device.app, user: device.user, ip, admitted, guest: device.guest?.user };
        participant.asker = asker;
        const { row, standing: now } = await access.find(room.id, asker);
        if (now === 'early') fail('ROOM_NOT_OPEN', 'The meeting has not started.', { reason: 'early' });
        await schedule.requireOpen(row);
        if (row.password !== null && row.password !== room.password)
          await checkPassword(row, now, input.password, asker);
        participant.standing = now;
        isCalled = await access.isCalling(room.id, asker);
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
        meeting.removed.refuse(entrant);
        meeting.door.refuse(key, participant.standing);
        if (!isCalled && meeting.door.mustWait(key, participant.standing))
          fail('CONFLICT', 'The waiting room was turned on while the meeting was being entered; enter again.');
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
            refuseEntry(older, enteredAgain());
        }
        device.seat = seat;
        meeting.appointment = appointment && { id: appointment.id, name: appointment.name };
        meeting.door.remember(key);
        meeting.add(participant);
        if (isChosen) meeting.moderation.choose(id);
        if (meeting.door.hasWaitingRoom) await unlessHeldUp(journal.setDoor(meeting));
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
          refuseEntry(entry, new RTCPeerError('CONFLICT', 'The meeting was left while it was being entered.'));
    },
  };
};
export type Admission = ReturnType<typeof makeAdmission>;
