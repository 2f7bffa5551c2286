import { isDeepStrictEqual } from 'node:util';
import { wireEvents, wireMethods } from '@meetframe/contract/api';
import type { Method, MethodTable, Schema } from '@meetframe/contract/define';
import type { ErrorCode, ErrorShape } from '@meetframe/contract/error';
import { errorCodes } from '@meetframe/contract/errorCodes';
import { realName } from '../gateway/dispatch.ts';
import type { Json } from './harness.ts';

const rows: MethodTable = wireMethods;
const events = wireEvents;

/** Errors that every method may answer, even if its row does not list them. */
const usual: readonly ErrorCode[] = [
  ...(['CONFLICT', 'INVALID_ARGUMENT', 'UNAUTHENTICATED', 'THROTTLED', 'UNSUPPORTED'] as const),
  'STORAGE_FULL',
];
const ofLevel = ({ may: { level } }: Method): readonly ErrorCode[] => {
  if (level === 'participant') return ['NOT_IN_MEETING'];
  if (level === 'moderator') return ['NOT_IN_MEETING', 'FORBIDDEN'];
  return level === 'companyAdmin' ? ['FORBIDDEN'] : [];
};

/** For tests that take away something without which the server cannot work. */
export const faults = { areExpected: false };

/** Why a value does not match its schema; unknown fields count as errors. */
const divergence = (schema: Schema, value: unknown): string | undefined => {
  const parsed = schema.safeParse(value);
  if (!parsed.success) return JSON.stringify(parsed.error.issues);
  // A schema drops unknown fields, so compare the result with the input.
  return isDeepStrictEqual(parsed.data, value) ? undefined : `fields that no schema has: ${JSON.stringify(value)}`;
};

const errorDivergence = (row: Method, { code, message, details, ...rest }: ErrorShape): string | undefined => {
  if (!Object.hasOwn(errorCodes, code) || typeof message !== 'string' || Object.keys(rest).length)
    return 'no error as the contract has them';
  if (code === 'INTERNAL') return faults.areExpected ? undefined : message;
  const allowed = [...usual, ...ofLevel(row), ...(row.errors ?? [])];
  if (!allowed.includes(code)) return `${code} is not among the errors of its row`;
  if (code === 'INVALID_ARGUMENT' && typeof details?.field !== 'string') return 'an error that names no field';
  if (code === 'THROTTLED' && typeof details?.retryAfter !== 'number') return 'an error that says no time to wait';
  return undefined;
};

/** Throws unless an answer matches the row of its method, so that the contract describes what the server does. */
export const checkAnswer = (name: string, answer: Json): void => {
  const row = rows[realName(name)];
  if (!row) return;
  const { error, module: _, method: __, id, ...rest } = answer;
  // Over the socket `id` is that of the request, whatever `id` means in the row.
  const output = 'shape' in row.output && Object.hasOwn(row.output.shape as object, 'id') ? { id, ...rest } : rest;
  const wrong = error ? errorDivergence(row, error) : divergence(row.output, output);
  if (wrong) throw new Error(`${name} answered what its row does not say: ${wrong}`);
};

/** The same for events. */
export const eventDivergence = ({ seq: _, module, method, ...payload }: Json): string | undefined => {
  const name = `${module}.${method}`;
  if (!Object.hasOwn(events, name)) return `${name} is an event that no table has`;
  const wrong = divergence(events[name as keyof typeof events].payload, payload);
  return wrong && `${name} carries what its row does not say: ${wrong}`;
};
