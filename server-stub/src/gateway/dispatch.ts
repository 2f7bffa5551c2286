import { randomBytes } from 'node:crypto';
import { aliases } from '@meetframe/contract/aliases';
import { wireMethods } from '@meetframe/contract/api';
import type { Method, MethodTable, Schema } from '@meetframe/contract/define';
import { type ErrorShape, RTCPeerError } from '@meetframe/contract/error';
import type { Level } from '@meetframe/contract/may';
import type * as z from 'zod/mini';
import type { Caller } from '../account/caller.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import { collided, refersToNothing } from '../store/faults.ts';
import { brokenText } from './text.ts';

type Handler = (input: never, caller: Caller) => unknown;
type Issue = { code?: string; path?: PropertyKey[]; message?: string; [key: string]: unknown };

const rows: MethodTable = wireMethods;

/** Old names of the specification, in the module of the method that they stand for. */
const oldNames = new Map<string, string>(
  Object.entries(rows).flatMap(([name, { page }]) =>
    Object.entries(aliases).flatMap(([old, { to }]) =>
      to === page && !old.includes('.') ? [[`${name.split('.')[0]}.${old}`, name] as const] : [],
    ),
  ),
);
/** The name that the contract has for a method, whichever of its names was used. */
export const realName = (name: string): string => oldNames.get(name) ?? name;

/** True for a method that changes nothing, whichever of its names is used. */
export const isRead = (name: string): boolean => {
  const real = realName(name);
  return Object.hasOwn(rows, real) && rows[real]?.reads === true;
};

/** What a field should have been, in words. */
const expectation = (issue: Issue): string => {
  switch (issue.code) {
    case 'invalid_type':
      return String(issue.expected);
    case 'too_small':
      return `${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    case 'invalid_value':
      return `one of ${(issue.values as unknown[]).join(', ')}`;
    case 'invalid_format':
      return `the form ${issue.pattern ?? issue.format}`;
    case 'invalid_union':
      return 'one of the allowed forms';
    default:
      return issue.message ?? 'something else';
  }
};

/** Checks an input; the error names the first field that is wrong. */
export const check = <S extends Schema>(name: string, schema: S, input: unknown): z.output<S> => {
  const refuse = (field: string, expected: string) =>
    fail('INVALID_ARGUMENT', `${name}: ${field || 'input'} should be ${expected}.`, { field, expected });
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const issue = parsed.error.issues[0] as Issue;
    return refuse((issue.path ?? []).join('.'), expectation(issue));
  }
  const broken = brokenText(parsed.data);
  return broken === undefined ? parsed.data : refuse(broken, 'text without NUL and without halves of characters');
};

/** Checks an input against its row. */
export const validate = (name: string, input: unknown): unknown => {
  const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
  return row ? check(name, row.input, input) : fail('UNSUPPORTED', `There is no method ${name}.`);
};

/** What a device does inside its meeting. */
const within = (level: Level): boolean => level === 'participant' || level === 'moderator';

const requireModerator = (caller: Caller): void => {
  if (!caller.participant?.isModerator) fail('FORBIDDEN', 'Only the moderator may do this.');
};

const allow = ({ may: { level }, worksWithExpiredSign }: Method, caller: Caller): void => {
  if (level === 'public') return;
  const app = caller.app ?? fail('UNAUTHENTICATED', 'This needs a valid sign.');
  const lost = app.revoked ? 'was revoked' : caller.device?.signExpired ? 'has expired' : undefined;
  if (lost && !worksWithExpiredSign && !within(level))
    fail('UNAUTHENTICATED', `The sign of this connection ${lost}; call session.renewSign with a new one.`);
  if (level === 'visitor') return;
  if (level === 'sign') {
    if (!app.signed && !caller.user) fail('UNAUTHENTICATED', 'This needs the sign of an app, or somebody logged in.');
    return;
  }
  if (level === 'user' || level === 'companyAdmin') {
    const user = caller.user ?? fail('UNAUTHENTICATED', 'This needs somebody logged in.');
    if (level === 'companyAdmin' && user.role !== 'companyAdmin' && user.role !== 'platformAdmin')
      fail('FORBIDDEN', 'Only administrators of the company may do this.');
    return;
  }
  if (!caller.participant) fail('NOT_IN_MEETING', 'Enter a meeting first.');
  if (level === 'moderator') requireModerator(caller);
};

/** Cases of a row in which a moderator is asked for, by what the input says. */
const allowCase = ({ may: { cases = {} } }: Method, input: unknown, caller: Caller): void => {
  for (const { when } of Object.values(cases))
    if (when && caller.participant && when(input as never, { clientId: caller.participant.id }))
      requireModerator(caller);
};

/** `refresh` brings up to date who a long-lived session is: levels change and sessions end elsewhere. */
export type Dispatch = (name: string, input: unknown, caller: Caller) => Promise<object>;

/** Row → who may → is it valid → run. What has no row does not exist, what has no right does not run. */
export const makeDispatch =
  (handlers: Record<string, unknown>, refresh: (caller: Caller) => Promise<void>): Dispatch =>
  async (name, input, caller) => {
    const real = realName(name);
    const row = Object.hasOwn(rows, real) ? rows[real] : undefined;
    if (!row) return fail('UNSUPPORTED', `There is no method ${name}.`);
    if (row.overSocket && !caller.device) fail('UNSUPPORTED', `${name} works over the socket only.`);
    // What a device does inside its meeting happens often and is ended by the meeting itself.
    const { level } = row.may;
    if (!within(level) && level !== 'public') await refresh(caller);
    allow(row, caller);
    const checked = validate(real, input);
    allowCase(row, checked, caller);
    return ((await (handlers[real] as Handler)(checked as never, caller)) ?? {}) as object;
  };

/** What a caller may learn of an error; our own faults are logged under an id. */
export const errorShape = (error: unknown, log: Log, name: string): ErrorShape => {
  if (error instanceof RTCPeerError && error.code !== 'INTERNAL') return error.toJSON();
  if (refersToNothing(error))
    return { code: 'CONFLICT', message: 'Something that this refers to was deleted at the same time.' };
  if (collided(error))
    return { code: 'CONFLICT', message: 'Somebody else changed the same at the same time; try again.' };
  const id = randomBytes(4).toString('hex');
  log.error({ err: error, id, method: name }, 'fault');
  return { code: 'INTERNAL', message: `A fault of the platform (${id}).` };
};
