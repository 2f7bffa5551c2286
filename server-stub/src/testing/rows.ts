import type { Insertable } from 'kysely';
import type { Store } from '../store/store.ts';
import type { Tables } from '../store/tables.ts';

/** Inserts rows with defaults for all columns that a test does not care about. Each function answers the id. */
export const makeRows = (store: Store) => {
  let count = 0;
  const insert = async <Table extends 'company' | 'user' | 'room' | 'appointment' | 'record'>(
    table: Table,
    row: Insertable<Tables[Table]>,
  ): Promise<number> =>
    (
      await store
        .insertInto(table as 'company')
        .values(row as Insertable<Tables['company']>)
        .returning('id')
        .executeTakeFirstOrThrow()
    ).id;
  return {
    company: (name = 'Company') => insert('company', { name, email: null, phone: null, logo: null, address: null }),
    user: (row: Partial<Insertable<Tables['user']>> = {}) =>
      insert('user', {
        account: `account-${++count}`,
        name: `Name ${count}`,
        password: null,
        email: null,
        phone: null,
        photo: null,
        companyId: null,
        role: 'user',
        appId: '',
        job: null,
        address: null,
        companyName: null,
        deletedAt: null,
        ...row,
      }),
    room: (row: Partial<Insertable<Tables['room']>> = {}) =>
      insert('room', {
        name: `Room ${++count}`,
        ownerId: null,
        companyId: null,
        roomType: 2,
        definition: '720p',
        numberLimit: 100,
        isPublic: 1,
        password: null,
        logo: null,
        comment: null,
        temporary: 0,
        usedAt: 0,
        appointmentId: null,
        ...row,
      }),
    appointment: (row: Partial<Insertable<Tables['appointment']>> & { startTime: number; endTime: number }) =>
      insert('appointment', {
        name: `Meeting ${++count}`,
        description: null,
        type: 2,
        definition: '480p',
        actuallyStartTime: null,
        roomId: null,
        ownsRoom: 0,
        ownerId: null,
        companyId: null,
        inviteCode: String(1_000_000_000 + count),
        isPublic: 1,
        template: null,
        postUrl: null,
        baseUrl: null,
        cancelledAt: null,
        createdAt: 0,
        ...row,
      }),
    record: (row: Partial<Insertable<Tables['record']>> = {}) =>
      insert('record', {
        companyId: null,
        roomId: null,
        appointmentId: null,
        userId: null,
        name: `Recording ${++count}`,
        file: `${count}.webm`,
        duration: 1.5,
        size: 2 ** 40,
        status: 0,
        startTime: count,
        endTime: null,
        ...row,
      }),
  };
};
