import type { Definition, Repeat, RoomType } from '@meetframe/contract/beans';
import type { Locale } from '@meetframe/contract/look';
import type { CallerApp } from '../account/app.ts';
import { hashPassword } from '../account/passwords.ts';
import type { Cluster } from '../cluster/cluster.ts';
import { fail } from '../errors.ts';
import type { Access } from '../rooms/access.ts';
import { insertRoom } from '../rooms/numbers.ts';
import type { Rooms } from '../rooms/rooms.ts';
import { longest } from '../store/spans.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';
import { type Invitee, resolveInvitees } from './invitations.ts';
import type { MailCount, Mailing } from './mailing.ts';
import { insertAppointment, insertSeries, replaceLists, shareRoom, type Topic } from './rows.ts';
import { planSeries } from './series.ts';

export type Asker = {
  app: CallerApp | undefined;
  user: UserRow;
  ip: string;
  /** Counts this number of new appointments against the caller's limit, or rejects. */
  spend?: (appointments: number) => Promise<void>;
};
/** Whether mails are sent about a change, their language and the time zone of times in them. */
type Telling = { notify?: boolean | undefined; language?: Locale | undefined; timeZone?: string | undefined };
/** The data of an appointment that can be given when it is created or changed. */
export type Details = Telling & {
  name?: string | undefined;
  description?: string | null | undefined;
  definition?: Definition | undefined;
  type?: RoomType | undefined;
  startTime?: number | undefined;
  endTime?: number | undefined;
  isPublic?: boolean | undefined;
  waitingRoom?: boolean | undefined;
  members?: readonly Invitee[] | undefined;
  topics?: readonly Topic[] | undefined;
};
/** Data that only new appointments have; the last four only by section 5.12. */
type Extras = {
  roomId?: number | undefined;
  repeat?: Repeat | undefined;
  numberLimit?: number | undefined;
  pin?: string | undefined;
  template?: number | undefined;
  postUrl?: string | null | undefined;
  baseUrl?: string | undefined;
};
export type Made = { id: number; roomId: number; inviteCode: string; mail: MailCount };

const hour = 3600_000;
const usualName = '即时会议';
/** Limit for the number of invited people multiplied by the number of meetings of a series. */
const mostInvitations = 10_000;

export const checkTimes = (startTime: number, endTime: number, now: number): void => {
  const refuse = (field: string, expected: string) =>
    fail('INVALID_ARGUMENT', `${field} should be ${expected}.`, { field, expected });
  if (endTime <= startTime) refuse('endTime', 'later than startTime');
  if (endTime - startTime > longest) refuse('endTime', 'at most a year after startTime');
  if (endTime <= now) refuse('endTime', 'in the future');
};

type Parts = {
  store: Store;
  access: Access;
  mailing: Mailing;
  cluster: Pick<Cluster, 'tell'>;
  rooms: Pick<Rooms, 'touch'>;
};

/** Creates an appointment, or all appointments of a series, each with a room of its own unless a room is given. Answers the first. */
export const makeCreation =
  ({ store, access, mailing, rooms, cluster }: Parts) =>
  async (details: Details & Extras, asker: Asker, companyId = asker.user.companyId): Promise<Made> => {
    const now = Date.now();
    const wanted = details.startTime ?? now;
    const length = (details.endTime ?? wanted + hour) - wanted;
    const timeZone = details.timeZone ?? 'UTC';
    const planned =
      details.repeat && planSeries(details.repeat, { startTime: wanted, endTime: wanted + length, timeZone });
    const slots = planned?.slots ?? [wanted];
    checkTimes(slots[0] ?? wanted, (slots[0] ?? wanted) + length, now);
    const given = details.roomId === undefined ? undefined : await access.findToChange(details.roomId, asker);
    const members = await resolveInvitees(store, details.members ?? [], { ...asker, companyId });
    if (slots.length > 1 && members.length * slots.length > mostInvitations)
      fail('INVALID_ARGUMENT', `A series has at most ${mostInvitations} invitations: people times meetings.`, {
        field: 'members',
      });
    if (slots.length > 1) await asker.spend?.(slots.length - 1);
    const password = details.pin ? await hashPassword(details.pin, `user ${asker.user.id}`) : null;
    const type = details.type ?? (given?.roomType as RoomType | undefined) ?? 2;
    const definition = details.definition ?? (given?.definition as Definition | undefined) ?? '480p';
    const isPublic = details.isPublic ? 1 : 0;
    const name = details.name || usualName;
    const plan = await mailing.plan({
      ...{ asker: asker.user, companyId, notify: details.notify },
      ...{ before: [], after: members, isNews: true },
    });

    const insertOne = async (all: Store, startTime: number, seriesId: number | null) => {
      const roomId =
        given?.id ??
        (await insertRoom(
          all,
          {
            name,
            ownerId: asker.user.id,
            companyId,
            roomType: type,
            definition,
            numberLimit: details.numberLimit ?? 200,
            isPublic,
            password,
            logo: details.postUrl ?? null,
            comment: details.description ?? null,
            temporary: 0,
            usedAt: now,
            createdAt: now,
            appointmentId: null,
          },
          'random',
        ));
      const endTime = startTime + length;
      const { id, inviteCode } = await insertAppointment(all, {
        name,
        description: details.description ?? null,
        type,
        definition,
        startTime,
        endTime,
        actuallyStartTime: null,
        roomId,
        ownsRoom: given ? 0 : 1,
        ownerId: asker.user.id,
        companyId,
        isPublic,
        template: details.template ?? null,
        postUrl: details.postUrl ?? null,
        baseUrl: details.baseUrl ?? null,
        cancelledAt: null,
        createdAt: now,
        waitingRoom: details.waitingRoom ? 1 : 0,
        seriesId,
        slot: seriesId === null ? null : startTime,
        timeZone: details.timeZone ?? null,
        language: details.language ?? null,
      });
      if (!given) await all.updateTable('room').set({ appointmentId: id }).where('id', '=', roomId).execute();
      await replaceLists(all, { id, startTime, endTime }, { members, topics: details.topics });
      return { id, roomId, inviteCode };
    };

    const answer = await store.transaction().execute(async (all) => {
      // Records that the room is in use, so that a temporary room waits for the appointment.
      if (given && !(await rooms.touch(given.id, all)))
        fail('NOT_FOUND', `There is no room ${given.id}.`, { field: 'roomId' });
      if (given) await shareRoom(all, given.id, { numberLimit: details.numberLimit, password });
      const series =
        planned &&
        (await insertSeries(all, {
          rule: JSON.stringify(planned.rule),
          startTime: slots[0] ?? wanted,
          timeZone,
          createdAt: now,
        }));
      const made: Awaited<ReturnType<typeof insertOne>>[] = [];
      for (const slot of slots) made.push(await insertOne(all, slot, series?.id ?? null));
      const [first] = made as [(typeof made)[number]];
      const ids = made.map(({ id }) => id);
      await mailing.write(all, plan, { id: first.id, ids, isWhole: true });
      return { ...first, inviteCode: series?.inviteCode ?? first.inviteCode };
    });
    if (details.roomId !== undefined) cluster.tell('room.changed', { roomId: answer.roomId });
    return { ...answer, mail: mailing.send(plan) };
  };
