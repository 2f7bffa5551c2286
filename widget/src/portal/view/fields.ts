import type { RoomType } from '@meetframe/contract';
import type { Profile } from '../model/users.ts';
import type { CheckField, ChoiceField, Complaints, TextField } from './form.ts';

/** Descriptions of fields that several forms have. */

type Named<V> = Pick<TextField<V>, 'name' | 'label' | 'testId'>;

/** The shortest password that the server takes. */
const leastPassword = 8;

export const newPasswordField = <V>(field: Named<V>): TextField<V> => ({
  ...field,
  kind: 'password',
  hint: { key: 'password.hint', params: { count: leastPassword } },
  autocomplete: 'new-password',
  maxLength: 200,
});

/** The problem with a new password. */
export const checkNewPassword = (password: string): Complaints<{ password: string }> =>
  password.length < leastPassword ? { password: { key: 'password.short', params: { count: leastPassword } } } : {};

/** Test ids begin with `prefix`. With `isSelf` the browser may autofill the user's own data. */
export const profileFields = <V extends Profile>(
  prefix: string,
  isSelf = false,
): Record<keyof Profile, TextField<V>> => {
  const field = (name: keyof Profile, kind: TextField<V>['kind'], maxLength: number): TextField<V> => ({
    name,
    kind,
    label: `user.${name}`,
    testId: `${prefix}-${name}`,
    maxLength,
    ...(isSelf && { autocomplete: name === 'phone' ? 'tel' : name }),
  });
  return {
    name: { ...field('name', 'text', 100), missing: 'user.nameMissing' },
    email: field('email', 'email', 200),
    phone: field('phone', 'tel', 40),
  };
};

/** An e-mail address may be left out. */
export const checkEmail = (email: string): Complaints<{ email: string }> =>
  email.trim() === '' || /^\S+@\S+$/.test(email.trim()) ? {} : { email: { key: 'user.emailInvalid' } };

const roomTypes: readonly RoomType[] = [2, 1, 3];

export const roomTypeField = <V>(field: Pick<ChoiceField<V>, 'name' | 'testId' | 'serverName'>): ChoiceField<V> => ({
  ...field,
  kind: 'choice',
  label: 'type.label',
  options: roomTypes.map((value) => ({ value, label: `type.${value}` })),
});

/** Test ids begin with `prefix`. */
export const waitingRoomField = (prefix: string): CheckField<{ waitingRoom: boolean }> => ({
  name: 'waitingRoom',
  kind: 'check',
  label: 'waitingRoom.label',
  hint: { key: 'waitingRoom.hint' },
  testId: `${prefix}-waiting`,
});
