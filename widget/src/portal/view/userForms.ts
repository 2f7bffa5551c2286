import type { User, UserLevel } from '@meetframe/contract';
import type { PortalModel } from '../model/portal.ts';
import type { CompanyUser, Profile } from '../model/users.ts';
import { checkEmail, checkNewPassword, newPasswordField, profileFields } from './fields.ts';
import { changesOf, createForm, type DialogForm } from './form.ts';
import { levelsFor, levelText } from './roles.ts';

type UserValues = {
  name: string;
  account: string;
  password: string;
  email: string;
  phone: string;
  level: UserLevel;
};

const profileOf = ({ name, email, phone }: Profile): Profile => ({
  name: name.trim(),
  email: email.trim(),
  phone: phone.trim(),
});
/** The profile as a form shows it. Contacts that the viewer may not see are empty, too. */
const shownProfile = ({ name, email, phone }: User): Profile => ({ name, email: email ?? '', phone: phone ?? '' });

/** The form for a user of the company: a new one, or the given one, whose account and password it does not change. */
export const createUserForm = (
  users: Pick<PortalModel['users'], 'add' | 'modify'>,
  user: CompanyUser | undefined,
  own: { level: UserLevel | null; id: number | undefined },
): DialogForm<UserValues> => {
  const { name, email, phone } = profileFields<UserValues>('user');
  const isSelf = user !== undefined && user.id === own.id;
  return {
    testId: 'user-form',
    title: { key: user ? 'users.edit' : 'users.new' },
    action: () => (user ? 'common.save' : 'users.add'),
    done: ({ name }) => ({ key: user ? 'users.saved' : 'users.added', params: { name } }),
    ...createForm<UserValues>({
      fields: [
        name,
        user
          ? []
          : [
              {
                name: 'account',
                kind: 'text',
                label: 'user.account',
                testId: 'user-account',
                autocapitalize: 'none',
                maxLength: 100,
                missing: 'signIn.accountMissing',
              },
              newPasswordField({ name: 'password', label: 'users.password', testId: 'user-password' }),
            ],
        [email, phone],
        {
          name: 'level',
          kind: 'select',
          label: 'user.level',
          ...(isSelf && { hint: { key: 'users.ownLevel' } }),
          testId: 'user-level',
          isDisabled: isSelf,
          options: levelsFor(own.level).map((value) => ({ value, label: levelText(value) })),
        },
      ],
      initial: {
        ...(user ? shownProfile(user) : { name: '', email: '', phone: '' }),
        account: user?.account ?? '',
        password: '',
        level: user?.level ?? 4,
      },
      check: ({ password, email }) => ({ ...checkEmail(email), ...(!user && checkNewPassword(password)) }),
      async send({ account, password, level, ...typed }) {
        const profile = profileOf(typed);
        if (!user) {
          const isAdded = await users.add({ ...profile, account: account.trim(), password, level });
          return isAdded ? undefined : { account: { key: 'users.taken' } };
        }
        await users.modify(user.id, changesOf({ ...profile, level }, { ...shownProfile(user), level: user.level }));
        return undefined;
      },
    }),
  };
};

/** A new password for a user who forgot theirs. */
export const createResetForm = (
  users: Pick<PortalModel['users'], 'resetPassword'>,
  { id, name }: CompanyUser,
): DialogForm<{ password: string }> => ({
  testId: 'reset-form',
  title: { key: 'users.reset' },
  intro: { key: 'users.resetText', params: { name } },
  action: () => 'users.resetAction',
  done: () => ({ key: 'users.resetDone', params: { name } }),
  ...createForm<{ password: string }>({
    fields: [newPasswordField({ name: 'password', label: 'password.new', testId: 'reset-new' })],
    initial: { password: '' },
    check: ({ password }) => checkNewPassword(password),
    send: async ({ password }) =>
      (await users.resetPassword(id, password)) ? undefined : { form: { key: 'users.resetNone' } },
  }),
});

type Account = PortalModel['account'];

/** The form for the user's own profile. */
export const createProfileForm = (account: Pick<Account, 'modify'>, user: User): DialogForm<Profile> => {
  const { name, email, phone } = profileFields<Profile>('profile', true);
  return {
    testId: 'profile',
    title: { key: 'account.profile' },
    action: () => 'common.save',
    done: () => ({ key: 'account.profileSaved' }),
    ...createForm<Profile>({
      fields: [name, email, phone],
      initial: shownProfile(user),
      async send(values) {
        await account.modify(changesOf(profileOf(values), shownProfile(user)));
        return undefined;
      },
    }),
  };
};

type PasswordValues = { account: string; oldpassword: string; password: string; again: string };

export const createPasswordForm = (
  account: Pick<Account, 'changePassword'>,
  user: User,
): DialogForm<PasswordValues> => ({
  testId: 'change-password',
  title: { key: 'account.password' },
  action: () => 'password.change',
  done: () => ({ key: 'password.changed' }),
  ...createForm<PasswordValues>({
    fields: [
      { name: 'account', kind: 'username' },
      {
        name: 'oldpassword',
        kind: 'password',
        label: 'password.old',
        testId: 'password-old',
        autocomplete: 'current-password',
        maxLength: 200,
        missing: 'password.oldMissing',
      },
      newPasswordField({ name: 'password', label: 'password.new', testId: 'password-new' }),
      {
        name: 'again',
        kind: 'password',
        label: 'password.again',
        testId: 'password-again',
        autocomplete: 'new-password',
        maxLength: 200,
      },
    ],
    initial: { account: user.account, oldpassword: '', password: '', again: '' },
    check: ({ password, again }) => ({
      ...checkNewPassword(password),
      ...(again !== password && { again: { key: 'password.different' } }),
    }),
    async send({ oldpassword, password }) {
      const outcome = await account.changePassword(oldpassword, password);
      if (outcome === 'wrong') return { oldpassword: { key: 'password.oldWrong' } };
      return outcome === 'none' ? { form: { key: 'password.none' } } : undefined;
    },
  }),
});
