import type { CallerApp } from '../account/app.ts';
import { fail } from '../errors.ts';
import type { Store } from '../store/store.ts';
import type { UserRow } from '../users/tables.ts';

/** A person to invite, as the contract's check leaves it (2.19). */
export type Invitee = {
  codeId?: string | null | undefined;
  name?: string | null | undefined;
  email?: string | null | undefined;
  role?: number | undefined;
  id?: number | undefined;
};

/** Finds the accounts of the invited people. A person without an account is invited by name and e-mail address. */
export const resolveInvitees = async (
  store: Store,
  invitees: readonly Invitee[],
  maker: { user: UserRow; app: CallerApp | undefined; companyId: number | null },
) => {
  const ids = [...new Set(invitees.flatMap(({ id }) => (id === undefined ? [] : [id])))];
  const codes = [...new Set(invitees.flatMap(({ id, codeId }) => (id === undefined && codeId ? [codeId] : [])))];
  const colleagues = () =>
    store
      .selectFrom('user')
      .select(['id', 'account', 'appId', 'name'])
      .where('deletedAt', 'is', null)
      .where('companyId', '=', maker.companyId);
  const [byId, byCode] = await Promise.all([
    ids.length ? colleagues().where('id', 'in', ids).execute() : [],
    codes.length
      ? colleagues()
          .where('account', 'in', codes)
          .where('appId', 'in', ['', maker.app?.id ?? ''])
          .execute()
      : [],
  ]);
  return invitees.map((invitee, position) => {
    const user =
      invitee.id === undefined
        ? byCode.find(({ account }) => account === invitee.codeId)
        : byId.find(({ id }) => id === invitee.id);
    if (invitee.id !== undefined && !user)
      fail('INVALID_ARGUMENT', `members.${position}.id: there is no user ${invitee.id} in your company.`, {
        field: `members.${position}.id`,
        expected: 'id of a user of your company',
      });
    const name =
      invitee.name?.trim() ||
      user?.name ||
      invitee.codeId ||
      fail('INVALID_ARGUMENT', `members.${position}.name should be given for people without an account.`, {
        field: `members.${position}.name`,
        expected: 'a name',
      });
    return {
      position,
      userId: user?.id ?? null,
      codeId: invitee.codeId ?? null,
      name,
      email: invitee.email || null,
      role: invitee.role ?? 2,
    };
  });
};
