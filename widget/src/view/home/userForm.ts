import type { UserLevel } from '@meetframe/contract';
import type { HomeModel } from '../../model/home/home.ts';
import type { CompanyUser } from '../../model/home/users.ts';
import { createForm, type Form } from './form.ts';
import { passwordComplaint } from './password.ts';

export type UserValues = {
  name: string;
  account: string;
  password: string;
  email: string;
  phone: string;
  level: UserLevel;
};

/** The form for somebody of the company: new, or the given user, whose account and password it leaves alone. */
export const createUserForm = (
  users: Pick<HomeModel['users'], 'add' | 'modify'>,
  user: CompanyUser | undefined,
): Form<UserValues> =>
  createForm<UserValues>({
    initial: {
      name: user?.name ?? '',
      account: user?.account ?? '',
      password: '',
      email: user?.email ?? '',
      phone: user?.phone ?? '',
      level: user?.level ?? 4,
    },
    check: ({ name, account, password, email }) => ({
      ...(name.trim() === '' && { name: { key: 'user.nameMissing' } }),
      ...(email.trim() !== '' && !/^\S+@\S+$/.test(email.trim()) && { email: { key: 'user.emailInvalid' } }),
      ...(!user && account.trim() === '' && { account: { key: 'signIn.accountMissing' } }),
      ...(!user && passwordComplaint(password)),
    }),
    async send({ name, account, password, email, phone, level }) {
      const profile = { name: name.trim(), email: email.trim(), phone: phone.trim() };
      if (!user) {
        const isAdded = await users.add({ ...profile, account: account.trim(), password, level });
        return isAdded ? undefined : { account: { key: 'users.taken' } };
      }
      await users.modify(user.id, { ...profile, ...(level !== user.level && { level }) });
      return undefined;
    },
  });
