import * as z from 'zod/mini';
import { newPassword } from './account.ts';
import { id, label, name, result, text, user } from './beans/index.ts';
import { method, methods } from './define.ts';
import { email, looseId, paging, phone, removable, totals } from './fields.ts';
import { from, permit } from './may.ts';
import { plainName } from './names.ts';

/** 1 administers the platform, 2 a company, 4 uses it, 5 may only attend (2.27). */
export const level = z.pipe(
  z.literal([1, 2, 4, 5, '1', '2', '4', '5']),
  z.transform((value): 1 | 2 | 4 | 5 => Number(value) as 1 | 2 | 4 | 5),
);

/** The specification’s table says number, its example and its `User` say text. */
const account = z.pipe(
  z.union([
    z.string().check(
      z.trim(),
      z.minLength(1),
      z.maxLength(100),
      z.refine((value) => plainName(value) === value, 'without line breaks and invisible characters'),
    ),
    z.int().check(z.gte(0)),
  ]),
  z.transform((value): string => String(value)),
);

export const userMethods = methods({
  'user.searchUserByOrgId': method({
    spec: '2.26',
    page: 'searchUserByOrgId',
    summary: 'Users of the caller’s company, in order of their ids.',
    input: z.object({
      orgId: looseId,
      userId: z.optional(looseId),
      ...paging,
      /** Only users whose name or account begins with this text. */
      name: z.optional(text(100)),
    }),
    output: z.object({
      users: z.array(user),
      /** Level of each listed user, by id. */
      levels: z.record(z.string(), z.int()),
      ...totals,
    }),
    reads: true,
    may: permit('user', from('user', 'company')),
    errors: ['FORBIDDEN'],
    since: '1.0',
  }),
  'user.addUser': method({
    spec: '2.27',
    page: 'addUser',
    summary: 'Add a user to the caller’s company. `result`: 0 added, 1 the account is taken.',
    input: z.object({
      orgId: looseId,
      account,
      password: newPassword,
      level,
      name,
      email,
      phone,
      job: removable(label()),
    }),
    output: z.object({ result: z.int(), userId: z.optional(id) }),
    failed: { result: 1 },
    may: permit('companyAdmin', from('companyAdmin', 'company'), {
      cases: { 'of level 1': from('platformAdmin', 'company') },
    }),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'user.modifyUser': method({
    spec: '2.28',
    page: 'modifyUser',
    summary: 'Change the caller’s own profile or, as an administrator, that of a user of the company.',
    input: z.object({
      userId: looseId,
      name: z.optional(name),
      phone,
      email,
      address: removable(text(300)),
      job: removable(label()),
      companyname: removable(label()),
      /** Administrators only, and not for their own account. */
      level: z.optional(level),
    }),
    output: z.object({ result: z.int(), user: z.optional(user) }),
    failed: { result: 1 },
    may: permit('user', from('owner', 'account'), {
      cases: {
        'the level': from('companyAdmin', 'account'),
        'of an administrator of the platform': { about: 'account', actors: ['owner', 'platformAdmin'] },
      },
      note: 'not the caller’s own level',
    }),
    errors: ['NOT_FOUND', 'FORBIDDEN'],
    since: '1.0',
  }),
  'user.deleteUser': method({
    spec: '2.29',
    page: 'deleteUser',
    summary:
      'Delete a user of the caller’s company. The user’s sessions end, the user leaves a running meeting, and the user’s rooms stay with the company.',
    input: z.object({ orgId: looseId, userId: looseId }),
    output: result,
    failed: { result: 1 },
    may: permit('companyAdmin', from('companyAdmin', 'account'), {
      cases: { 'an administrator of the platform': from('platformAdmin', 'account') },
      note: 'not the caller’s own account',
    }),
    errors: ['NOT_FOUND', 'FORBIDDEN', 'CONFLICT'],
    since: '1.0',
  }),
});
