import { randomBytes } from 'node:crypto';
import { aliases } from '@meetframe/contract/aliases';
import { wireMethods } from '@meetframe/contract/api';
import type { Method, MethodTable, Schema } from '@meetframe/contract/define';
import { type ErrorShape, RTCPeerError } from '@meetframe/contract/error';
import { expectation, type Issue, innermost } from '@meetframe/contract/expectation';
import { type Failure, failureOf } from '@meetframe/contract/failure';
import type { Level, Self } from '@meetframe/contract/may';
import type * as z from 'zod/mini';
import type { Caller } from '../account/caller.ts';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import { collided, refersToNothing, takesNoWrites } from '../store/faults.ts';
import { brokenText } from '../store/text.ts';

type Handler = (input: never, caller: Caller) => unknown;

const rows: MethodTable = wireMethods;

/** Old method names of the specification, listed in the module of the method that replaces them. */
const oldNames = new Map<string, string>(
  Object.entries(rows).flatMap(([name, { page }]) =>
    Object.entries(aliases).flatMap(([old, { to }]) =>
      to === page && !old.includes('.') ? [[`${name.split('.')[0]}.${old}`, name] as const] : [],
    ),
  ),
);
/** The contract's name for a method, given that name or an old one. */
export const realName = (name: string): string => oldNames.get(name) ?? name;

/** True for a method that changes nothing, given its name or an old one. */
export const isRead = (name: string): boolean => {
  const real = realName(name);
  return Object.hasOwn(rows, real) && rows[real]?.reads === true;
};

/** Checks an input and throws `INVALID_ARGUMENT` that names the first wrong field. */
export const check = <S extends Schema>(name: string, schema: S, input: unknown): z.output<S> => {
  const refuse = (field: string, expected: string) =>
    fail('INVALID_ARGUMENT', `${name}: ${field || 'input'} should be ${expected}.`, { field, expected });
  const parsed = schema.safeParse(input);
  if (!parsed.success) {
    const issue = innermost(parsed.error.issues[0] as Issue);
    return refuse((issue.path ?? []).join('.'), expectation(issue));
  }
  const broken = brokenText(parsed.data);
  return broken === undefined ? parsed.data : refuse(broken, 'text without NUL and without halves of characters');
};

/** Checks an input against the schema of its method. */
export const validate = (name: string, input: unknown): unknown => {
  const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
  return row ? check(name, row.input, input) : fail('UNSUPPORTED', `There is no method ${name}.`);
};

/** Levels of the methods that a device calls inside its meeting. */
const within = (level: Level): boolean => level === 'participant' || level === 'moderator';

/** The participant who calls, and in which room. */
type Seated = Self & { roomId: number };

const requireModerator = ({ isModerator }: Self): void => {
  if (!isModerator) fail('FORBIDDEN', 'Only the moderator may do this.');
};

/** Checks the parts of permission that depend on who the caller is in the meeting. */
const allowSeated = ({ may: { level, orOwner, needsLogin } }: Method, self: Self): void => {
  if (level === 'moderator' && !(orOwner && self.isOwner)) requireModerator(self);
  if (needsLogin && !self.isLoggedIn && !self.isModerator)
    fail('FORBIDDEN', 'Guests may do this only while they moderate. Log in first.');
};

/** Names the field that a caller without a sign lacks. */
const missingSign = { field: 'sign', expected: 'the sign of an app (getSign)' };
/** Refuses a page of another origin that sent no sign. `hint`: what else may be the cause. */
export const refuseUnsigned = (hint?: { text: string; details: object }): never =>
  fail(
    'UNAUTHENTICATED',
    `The sign is missing: a page of another origin needs the sign of its app.${hint?.text ?? ''}`,
    { ...missingSign, ...hint?.details },
  );

const allow = ({ may: { level }, worksWithExpiredSign, guests }: Method, caller: Caller): void => {
  if (level === 'public') return;
  const app = caller.app ?? refuseUnsigned();
  const lost = app.revoked ? 'was revoked' : caller.device?.signExpired ? 'has expired' : undefined;
  if (lost && !worksWithExpiredSign && !within(level))
    fail('UNAUTHENTICATED', `The sign of this connection ${lost}; call session.renewSign with a new one.`);
  if (level === 'visitor') return;
  if (level === 'sign') {
    if (!app.signed && !caller.user)
      fail('UNAUTHENTICATED', 'The sign is missing: this needs the sign of an app, or a login.', missingSign);
    return;
  }
  // The handler knows whether the device is that of a guest.
  if (guests && !caller.user && caller.device?.takesGuests && app.signed) return;
  if (level === 'user' || level === 'companyAdmin') {
    const user = caller.user ?? fail('UNAUTHENTICATED', 'This needs a login.');
    if (level === 'companyAdmin' && user.role !== 'companyAdmin' && user.role !== 'platformAdmin')
      fail('FORBIDDEN', 'Only administrators of the company may do this.');
    return;
  }
};

/** Checks the parts of permission that depend on the input: whether the caller is in the meeting, and where a moderator is required. */
const allowInput = ({ may: { cases = {} } }: Method, input: unknown, self: Seated): void => {
  const { roomId } = input as { roomId?: number };
  if (roomId !== undefined && roomId !== self.roomId)
    fail('NOT_IN_MEETING', `You are in the meeting of another room than ${roomId}.`);
  for (const { when } of Object.values(cases)) if (when?.(input as never, self)) requireModerator(self);
};

type Parts = {
  /** Updates the user of a long-lived connection: the level may have changed, or the login may have ended elsewhere. */
  refresh(caller: Caller): Promise<void>;
  /** Who the caller is in the meeting; `undefined` outside a meeting. */
  self(caller: Caller): Seated | undefined;
  /** Told how each call ended: with `ok`, or with the code of its error. A method that does not exist is `unknown`. */
  called(method: string, code: string): void;
};

export type Dispatch = (name: string, input: unknown, caller: Caller) => Promise<object>;

/** Runs a call: finds its method, checks permission and then the input, and calls the handler. Methods that the contract does not list are refused. */
export const makeDispatch = (handlers: Record<string, unknown>, { refresh, self: selfOf, called }: Parts): Dispatch => {
  const run = async (
    name: string,
    real: string,
    row: Method | undefined,
    input: unknown,
    caller: Caller,
  ): Promise<object> => {
    if (!row) return fail('UNSUPPORTED', `There is no method ${name}.`);
    if (row.overSocket && !caller.device) fail('UNSUPPORTED', `${name} works over the socket only.`);
    // Calls inside a meeting are frequent, and a revoked login removes the participant from the meeting anyway.
    const { level } = row.may;
    if (!within(level) && level !== 'public') await refresh(caller);
    allow(row, caller);
    const self = within(level) ? (selfOf(caller) ?? fail('NOT_IN_MEETING', 'Enter a meeting first.')) : undefined;
    if (self) allowSeated(row, self);
    const checked = validate(real, input);
    if (self) allowInput(row, checked, self);
    return ((await (handlers[real] as Handler)(checked as never, caller)) ?? {}) as object;
  };
  return async (name, input, caller) => {
    const real = realName(name);
    const row = Object.hasOwn(rows, real) ? rows[real] : undefined;
    const end = (code: string): void => called(row ? real : 'unknown', code);
    try {
      const answer = await run(name, real, row, input, caller);
      end('ok');
      return answer;
    } catch (error) {
      end(error instanceof RTCPeerError ? error.code : 'INTERNAL');
      throw error;
    }
  };
};

/** The error as the caller may see it. An unexpected error is logged under an id, and only the id is sent. */
export const errorShape = (error: unknown, log: Log, name: string): ErrorShape => {
  if (error instanceof RTCPeerError && error.code !== 'INTERNAL') return error.toJSON();
  if (refersToNothing(error))
    return { code: 'CONFLICT', message: 'Something that this refers to was deleted at the same time.' };
  if (takesNoWrites(error)) {
    log.error({ err: error, method: name }, 'the database cannot write to its disk');
    return { code: 'STORAGE_FULL', message: 'The platform cannot store anything at the moment; nothing was changed.' };
  }
  if (collided(error))
    return { code: 'CONFLICT', message: 'The same was changed by another call at the same time; try again.' };
  const id = randomBytes(4).toString('hex');
  log.error({ err: error, id, method: name }, 'fault');
  return { code: 'INTERNAL', message: `A fault of the platform (${id}).` };
};

/** The answer to a call that failed: the error and, where the row has a `result` for that, the answer of its section. */
export const refusalOf = (error: unknown, log: Log, name: string): { error: ErrorShape } & Failure => {
  const shape = errorShape(error, log, name);
  const real = realName(name);
  return { error: shape, ...failureOf(Object.hasOwn(rows, real) ? rows[real] : undefined, shape) };
};
