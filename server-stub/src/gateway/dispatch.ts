import { randomBytes } from 'node:crypto';
import type { MethodTable, Who } from '@meetframe/contract/define';
import { type ErrorShape, RTCPeerError } from '@meetframe/contract/error';
import { meeting } from '@meetframe/contract/meeting';
import { platform } from '@meetframe/contract/platform';
import { fail } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Caller } from './caller.ts';

type Handler = (input: never, caller: Caller) => unknown;
type Issue = { code?: string; path?: PropertyKey[]; message?: string; [key: string]: unknown };

const rows: MethodTable = { ...platform, ...meeting };

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

/** Checks an input against its row; the error names the first field that is wrong. */
export const validate = (name: string, input: unknown): unknown => {
  const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
  if (!row) return fail('UNSUPPORTED', `There is no method ${name}.`);
  const parsed = row.input.safeParse(input);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0] as Issue;
  const field = (issue.path ?? []).join('.');
  const expected = expectation(issue);
  return fail('INVALID_ARGUMENT', `${name}: ${field || 'input'} should be ${expected}.`, { field, expected });
};

const allow = (who: Who, caller: Caller): void => {
  if (who === 'public') return;
  const app = caller.app ?? fail('UNAUTHENTICATED', 'This needs a valid sign.');
  if (who === 'visitor') return;
  if (who === 'sign') {
    if (!app.signed) fail('UNAUTHENTICATED', 'This needs the sign of an app.');
    return;
  }
  if (who === 'user' || who === 'companyAdmin') {
    const user = caller.user ?? fail('UNAUTHENTICATED', 'This needs somebody logged in.');
    if (who === 'companyAdmin' && user.role !== 'companyAdmin')
      fail('FORBIDDEN', 'Only administrators of the company may do this.');
    return;
  }
  const self = caller.participant ?? fail('NOT_IN_MEETING', 'Enter a meeting first.');
  if (who === 'participant' || (who === 'moderator' && self.isModerator)) return;
  fail('FORBIDDEN', 'Only the moderator may do this.');
};

export type Dispatch = (name: string, input: unknown, caller: Caller) => Promise<object>;

/** Row → who may → is it valid → run. What has no row does not exist, what has no right does not run. */
export const makeDispatch =
  (handlers: Record<string, unknown>): Dispatch =>
  async (name, input, caller) => {
    const row = Object.hasOwn(rows, name) ? rows[name] : undefined;
    if (!row) return fail('UNSUPPORTED', `There is no method ${name}.`);
    allow(row.who, caller);
    return ((await (handlers[name] as Handler)(validate(name, input) as never, caller)) ?? {}) as object;
  };

/** What a caller may learn of an error; our own faults are logged under an id. */
export const errorShape = (error: unknown, log: Log, name: string): ErrorShape => {
  if (error instanceof RTCPeerError && error.code !== 'INTERNAL') return error.toJSON();
  const id = randomBytes(4).toString('hex');
  log.error({ err: error, id, method: name }, 'fault');
  return { code: 'INTERNAL', message: `A fault of the platform (${id}).` };
};
