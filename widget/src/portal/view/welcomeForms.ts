import type { AppModel } from '../../model/compose.ts';
import type { EntryResult } from '../model/entry.ts';
import type { PortalModel } from '../model/portal.ts';
import { createForm } from './form.ts';
import type { Text } from './text.ts';

export const createSignInForm = (identity: Pick<AppModel['identity'], 'login'>) =>
  createForm<{ account: string; password: string }>({
    fields: [
      {
        name: 'account',
        serverName: 'name',
        kind: 'text',
        label: 'signIn.account',
        testId: 'sign-in-account',
        autocomplete: 'username',
        autocapitalize: 'none',
        maxLength: 100,
        missing: 'signIn.accountMissing',
      },
      {
        name: 'password',
        kind: 'password',
        label: 'signIn.password',
        testId: 'sign-in-password',
        autocomplete: 'current-password',
        maxLength: 200,
        missing: 'signIn.passwordMissing',
      },
    ],
    initial: { account: '', password: '' },
    async send({ account, password }) {
      const { result } = await identity.login({ name: account.trim(), password });
      return result === 0 ? undefined : { form: { key: 'signIn.wrong' } };
    },
  });

/**
 * Joins by an invite code, a room number or a whole invite link. `follow` opens the meeting, or returns why that is not
 * possible.
 */
export const createJoinForm = (entry: PortalModel['entry'], follow: (result: EntryResult) => Text | undefined) =>
  createForm<{ typed: string }>({
    fields: [
      {
        name: 'typed',
        kind: 'text',
        label: 'join.label',
        placeholder: 'join.placeholder',
        testId: 'join-code',
        maxLength: 2000,
        missing: 'join.missing',
      },
    ],
    initial: { typed: '' },
    async send({ typed }) {
      const result = await entry.type(typed);
      const refusal: Text | undefined = result ? follow(result) : { key: 'join.invalid' };
      return refusal && { typed: refusal };
    },
  });
