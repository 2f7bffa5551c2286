import { usual } from '@meetframe/contract/beans';
import { expect, test } from 'vitest';
import type { Peer } from '../media/peer.ts';
import type { UserRow } from '../users/tables.ts';
import { Participant } from './participant.ts';

test('[3.45] the name follows that of the account, unless the participant has another one in the meeting; contacts follow where they are shown', () => {
  const user = { id: 1, name: 'Old', photo: null, email: 'old@example.com', phone: null, appId: '' } as UserRow;
  const client = { ...usual.client, id: 5, userId: 1, name: 'Old', email: 'old@example.com', phone: null };
  const participant = new Participant({
    client: { ...client, mode: 'pc', streamId: 5, broadCastId: 6 },
    person: 'secret',
    asker: { app: undefined, user, ip: '127.0.0.1', admitted: new Map() },
    standing: 'guest',
    emit: () => {},
    peer: {} as Peer,
    ended: () => {},
  });
  const renamed = { ...user, name: 'New', photo: '/new.png', email: 'new@example.com', phone: '1' };
  expect(participant.follow(renamed)).toEqual({ isRenamed: true });
  expect(participant.client).toMatchObject({ pictureurl: '/new.png', email: 'new@example.com', phone: null });
  participant.client.name = 'Here';
  expect(participant.follow({ ...renamed, name: 'Newest' })).toEqual({ isRenamed: false });
});
