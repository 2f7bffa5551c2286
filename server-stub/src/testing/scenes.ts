import { randomInt, randomUUID } from 'node:crypto';
import { newUser } from '../store/newUser.ts';
import type { Store } from '../store/store.ts';
import type { Role } from '../users/tables.ts';

/** The data that calls are about. The owner owns everything, the member is a member of everything, other users have no access. */
export type Scene = {
  roomId: number;
  publicRoomId: number;
  meetingId: number;
  publicMeetingId: number;
  /** A private appointment in the public room. */
  hiddenMeetingId: number;
  inviteCode: string;
  /** When its appointments begin, milliseconds since 1970; they last an hour. */
  startTime: number;
  recordId: number;
  /** The transcript of the meeting that was recorded. */
  sessid: string;
  /** Accounts for calls that change or delete a user: an ordinary user, and an administrator of the platform. */
  target: { id: number; account: string };
  administrator: { id: number; account: string };
};

/** The company, the owner and the member. */
type Setting = { store: Store; companyId: number; ownerId: number; memberId: number; hash: string };

const hour = 3600_000;

/** Inserts users of a company. `hash` is the hash of their password. */
export const insertUsers = async (
  { store, hash, companyId }: Pick<Setting, 'store' | 'hash' | 'companyId'>,
  role: Role,
  accounts: readonly string[],
) => {
  const rows = accounts.map((account) => newUser({ account, name: account, role, companyId, password: hash }));
  return await store.insertInto('user').values(rows).returning(['id', 'account']).execute();
};

/** Makes `count` scenes with few statements. */
export const makeScenes = async (
  count: number,
  { store, companyId, ownerId, memberId, hash }: Setting,
): Promise<Scene[]> => {
  const each = Array.from({ length: count }, () => randomUUID());
  const now = Date.now();
  const ids = (rows: { id: number }[]) => rows.map(({ id }) => id).sort((a, b) => a - b);
  const rooms = async (isPublic: 0 | 1) =>
    ids(
      await store
        .insertInto('room')
        .values(
          each.map((name) => ({
            name,
            ownerId,
            companyId,
            isPublic,
            roomType: 2,
            definition: '480p',
            numberLimit: 50,
            password: null,
            logo: null,
            comment: null,
            temporary: 0,
            usedAt: 0,
            createdAt: now,
            appointmentId: null,
          })),
        )
        .returning('id')
        .execute(),
    );
  const closed = await rooms(0);
  const open = await rooms(1);
  await store
    .insertInto('room_member')
    .values([...closed, ...open].map((roomId) => ({ roomId, userId: memberId })))
    .execute();

  const freshCode = () => String(randomInt(1_000_000_000, 10_000_000_000));
  const codes = each.map(freshCode);
  const appointments = async (isPublic: 0 | 1, inRooms: readonly number[], inviteCodes = each.map(freshCode)) =>
    ids(
      await store
        .insertInto('appointment')
        .values(
          inRooms.map((roomId, index) => ({
            name: 'Planned',
            description: null,
            type: 2,
            definition: '480p',
            startTime: now,
            endTime: now + hour,
            actuallyStartTime: null,
            roomId,
            ownsRoom: 0,
            ownerId,
            companyId,
            inviteCode: inviteCodes[index] as string,
            isPublic,
            template: null,
            postUrl: null,
            baseUrl: null,
            cancelledAt: null,
            createdAt: now,
          })),
        )
        .returning('id')
        .execute(),
    );
  const planned = await appointments(0, closed, codes);
  const announced = await appointments(1, open);
  const hidden = await appointments(0, open);
  await store
    .insertInto('appointment_member')
    .values(
      [...planned, ...announced, ...hidden].map((appointmentId) => ({
        appointmentId,
        position: 0,
        userId: memberId,
        codeId: null,
        name: 'member',
        email: null,
        role: 2,
        startTime: now,
        endTime: now + hour,
      })),
    )
    .execute();
  const records = ids(
    await store
      .insertInto('record')
      .values(
        closed.map((roomId, index) => ({
          companyId,
          roomId,
          appointmentId: null,
          userId: ownerId,
          name: 'Recorded',
          file: `${each[index]}.webm`,
          duration: 1,
          size: 1,
          status: 0,
          startTime: now,
          endTime: now,
        })),
      )
      .returning('id')
      .execute(),
  );
  const transcripts = closed.map((roomId) => ({
    ...{ meetingId: randomUUID(), sessid: randomUUID(), roomId, companyId, appointmentId: null, userId: ownerId },
    ...{ name: 'Transcribed', state: 'off' as const, startedBy: '{}', startTime: now, endTime: now },
  }));
  await store.insertInto('transcript').values(transcripts).execute();
  const targets = await insertUsers(
    { store, hash, companyId },
    'user',
    each.map((name) => `target ${name}`),
  );
  const administrators = await insertUsers(
    { store, hash, companyId },
    'platformAdmin',
    each.map((name) => `root ${name}`),
  );
  return each.map((_, index) => ({
    roomId: closed[index] as number,
    publicRoomId: open[index] as number,
    meetingId: planned[index] as number,
    publicMeetingId: announced[index] as number,
    hiddenMeetingId: hidden[index] as number,
    inviteCode: codes[index] as string,
    startTime: now,
    recordId: records[index] as number,
    sessid: transcripts[index]?.sessid as string,
    target: targets[index] as Scene['target'],
    administrator: administrators[index] as Scene['target'],
  }));
};
