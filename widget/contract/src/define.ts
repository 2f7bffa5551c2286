import type * as z from 'zod/mini';
import type { ErrorCode } from './error.ts';

/**
 * Who may call a method. Each level is checked before the handler runs.
 *
 * - `public`: anybody, before any introduction
 * - `visitor`: a valid sign, or the platform's own page
 * - `sign`: a valid sign of an app
 * - `user`: somebody logged in
 * - `companyAdmin`: an administrator of the user's company
 * - `participant`: somebody in a meeting, on this connection
 * - `moderator`: the moderator of that meeting
 *
 * A sign opens doors; it does not push anybody out again. Once the sign of a connection has expired, every row from
 * `visitor` to `companyAdmin` is refused with `UNAUTHENTICATED` until `session.renewSign`, except those marked
 * `worksWithExpiredSign`. Who is in a meeting then stays: rows of `participant` and `moderator` go on working, after a
 * lost connection too, until that person leaves. Entering again, or anything else new, needs a fresh sign.
 */
export type Who = 'public' | 'visitor' | 'sign' | 'user' | 'companyAdmin' | 'participant' | 'moderator';

export type Schema = z.ZodMiniType;

/** One method of a boundary: everything else (types, checks, routes, reference) derives from this row. */
export type Method<I extends Schema = Schema, O extends Schema = Schema> = {
  /** Section of the specification, such as `3.8`; `+` for what goes beyond it. */
  spec: string;
  summary: string;
  input: I;
  output: O;
  who: Who;
  /** True for what must be possible after the sign has expired: renewing it, and leaving. */
  worksWithExpiredSign?: true;
  /** True for what belongs to the conversation over a socket and means nothing over HTTP. */
  overSocket?: true;
  /** True where the call changes nothing: its answer need not be kept for a client that asks again. */
  reads?: true;
  /** Names of the input's fields, in order, for callers that pass plain values instead of one object. */
  positional?: readonly string[];
  /** Events that a call causes. */
  events?: readonly string[];
  /** Codes that are specific to this method (`INVALID_ARGUMENT`, `INTERNAL` … can always happen). */
  errors?: readonly ErrorCode[];
  /** True where a person decides how long it takes, such as a permission prompt: no time-out then. */
  waitsForPerson?: boolean;
  since: string;
};

export type MethodTable = Record<string, Method>;

export type Event<P extends Schema = Schema> = {
  spec: string;
  summary: string;
  payload: P;
  /** True where only the newest counts: the event has no number, and what a client missed is not sent again. */
  volatile?: true;
  since: string;
};

export type EventTable = Record<string, Event>;

/** Declares one method; only there to infer the types of its row. */
export const method = <I extends Schema, O extends Schema, const R extends Omit<Method, 'input' | 'output'>>(
  row: R & { input: I; output: O },
): R & { input: I; output: O } => row;

export const methods = <const T extends MethodTable>(table: T): T => table;

export const event = <P extends Schema>(row: Event<P>): Event<P> => row;

export const events = <const T extends EventTable>(table: T): T => table;

/** What a caller passes. */
export type Input<M extends { input: Schema }> = z.input<M['input']>;
/** What a handler receives, after the check. */
export type Checked<M extends { input: Schema }> = z.output<M['input']>;
export type Output<M extends { output: Schema }> = z.output<M['output']>;
export type Payload<E extends { payload: Schema }> = z.output<E['payload']>;

/** The handlers of a table; `C` is what the boundary hands to each of them besides the input. */
export type Handlers<T extends MethodTable, C> = {
  [K in keyof T]: (input: Checked<T[K]>, context: C) => Promise<Output<T[K]>> | Output<T[K]>;
};

/** Binds handlers to a table. A row without a handler, or a handler without a row, does not compile. */
export const implement =
  <T extends MethodTable>(_table: T) =>
  <C>(handlers: Handlers<T, C>): Handlers<T, C> =>
    handlers;
