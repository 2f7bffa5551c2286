import type { User } from '@meetframe/contract';
import { expect, test, vi } from 'vitest';
import type { ListedRoom } from '../model/rooms.ts';
import type { CompanyUser } from '../model/users.ts';
import { createRoomForm } from './roomForms.ts';
import { createProfileForm, createUserForm } from './userForms.ts';

const room = {
  id: 1012,
  name: 'Weekly',
  roomType: 2,
  definition: '1080p',
  numberLimit: 50,
  isPublic: true,
  comment: null,
} as ListedRoom;
/** Contacts that the company does not show. */
const user = { id: 7, account: 'ann', name: 'Ann', email: null, phone: null, level: 4 } as CompanyUser;

test('a form for a room sends what was touched', async () => {
  const update = vi.fn(async () => {});
  const form = createRoomForm({ create: vi.fn(), update }, room);
  form.set('name', ' Daily ');
  expect(await form.submit()).toBe(true);
  expect(update.mock.calls).toEqual([[1012, { name: 'Daily' }]]);
  form.set('name', 'Weekly');
  form.set('numberLimit', '20');
  form.set('isPublic', false);
  await form.submit();
  expect(update.mock.lastCall).toEqual([1012, { numberLimit: 20, isPublic: false }]);
});

test('a new room is private unless the form says otherwise', async () => {
  const create = vi.fn(async () => 1);
  const form = createRoomForm({ create, update: vi.fn() }, undefined);
  form.set('name', 'New');
  await form.submit();
  expect(create).toHaveBeenLastCalledWith(expect.objectContaining({ name: 'New', isPublic: false }));
});

test('a form for a user keeps contacts that it does not show', async () => {
  const modify = vi.fn(async () => {});
  const form = createUserForm({ add: vi.fn(), modify }, user, { level: 2, id: 1 });
  form.set('name', 'Anna');
  await form.submit();
  form.set('level', 5);
  form.set('phone', ' 1 ');
  await form.submit();
  expect(modify.mock.calls).toEqual([
    [7, { name: 'Anna' }],
    [7, { name: 'Anna', phone: '1', level: 5 }],
  ]);
});

test('the form for one\u2019s own profile sends what was touched', async () => {
  const modify = vi.fn(async () => {});
  const form = createProfileForm({ modify }, { ...user, email: 'a@b.example' } as User);
  form.set('phone', '2');
  await form.submit();
  form.set('email', '');
  form.set('phone', '');
  await form.submit();
  expect(modify.mock.calls).toEqual([[{ phone: '2' }], [{ email: '' }]]);
});
