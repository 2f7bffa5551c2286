import type * as z from 'zod/mini';
import type { ErrorCode } from './error.ts';
import type { Permission } from './may.ts';

export type Schema = z.ZodMiniType;

/**
 * One method, declared once: types, checks, routes, permissions, the page's interface and the reference derive from its
 * row. A row of the wire is a call from a device or a back end to the server; a row of the page is one that the widget
 * answers.
 */
export type Method<I extends Schema = Schema, O extends Schema = Schema> = {
  /** Section of the specification, such as `3.8`; `+` for what goes beyond it. */
  spec: string;
  summary: string;
  input: I;
  output: O;
  /** Who may call it; `cases` name the inputs for which another decision holds. */
  may: Permission;
  /**
   * A row of the wire: its name in pages, such as `meeting.kickOut` for `rtcPeer.meeting.kickOut`. The widget relays
   * the call to the server and the answer to the page. Absent: pages cannot call it.
   */
  page?: string;
  /**
   * The field of the answer that a page gets instead of the whole answer. A list also gets the answer's fields as
   * properties.
   */
  pageGets?: string;
  /** Fields that a page gets under another name as well: name → field of the answer. */
  pageAlso?: Readonly<Record<string, string>>;
  /**
   * The answer when the call fails, for a row whose section has a `result` for that: `result` and the other fields that the
   * section lists. `code`, `message` and `details` of the error are added; over the socket and over HTTP `error`, too.
   */
  failed?: Readonly<{ result: number } & Record<string, unknown>>;
  /** Fields of input and output that only widget and server exchange: a page does not see them. */
  internal?: readonly string[];
  /**
   * True for a method that a back end may call over HTTP with its app’s secret: `userId` then names the user of its company who
   * calls.
   */
  forBackEnds?: true;
  /** True for a method that must work after the sign has expired: renewing it, and leaving. */
  worksWithExpiredSign?: true;
  /** True for a method that needs a session over a socket and cannot be called over HTTP. */
  overSocket?: true;
  /** True for a method of level `user` that a guest too may call, who is registered for calls without a login. */
  guests?: true;
  /**
   * True for a method that changes nothing: the server need not keep its answer for a client that repeats the request.
   */
  reads?: true;
  /** True for a method that waits for a person, for instance at a permission prompt: a page's call has no time-out. */
  patient?: true;
  /** Names of the input's fields, in order, for callers that pass plain values instead of one object. */
  positional?: readonly string[];
  /** Events that a call causes, by their names on the wire or in pages. */
  events?: readonly string[];
  /** Codes that are specific to this method (`INVALID_ARGUMENT`, `INTERNAL` … can always happen). */
  errors?: readonly ErrorCode[];
  since: string;
};

export type MethodTable = Record<string, Method>;

/**
 * What is true of an event without a sequence number: a `state` holds until the next one, and the newest is sent again
 * to a device that resumes, unless it has another seat by then; a missed `moment` is not sent again.
 */
export type Volatility = 'state' | 'moment';

export type Event<P extends Schema = Schema> = {
  spec: string;
  summary: string;
  payload: P;
  /** An event of the wire: its name in pages, to which the widget relays it. Absent: pages do not get it. */
  page?: string;
  /** Absent: each of these events has a sequence number. A function decides by the payload. */
  volatile?: Volatility | ((payload: never) => Volatility | undefined);
  since: string;
};

export type EventTable = Record<string, Event>;

/** Declares one method; only there to infer the types of its row. */
export const method = <I extends Schema, O extends Schema, const R extends Omit<Method, 'input' | 'output'>>(
  row: R & { input: I; output: O },
): R & { input: I; output: O } => row;

export const methods = <const T extends MethodTable>(table: T): T => table;

/** Declares one event; only there to infer the types of its row. */
export const event = <P extends Schema, const R extends Omit<Event, 'payload'>>(
  row: R & { payload: P; volatile?: Volatility | ((payload: z.output<P>) => Volatility | undefined) },
): R & { payload: P } => row;

export const events = <const T extends EventTable>(table: T): T => table;

/** What a caller passes, before the check. */
export type Input<M extends { input: Schema }> = z.input<M['input']>;
/** What a handler receives, after the check. */
export type Checked<M extends { input: Schema }> = z.output<M['input']>;
export type Output<M extends { output: Schema }> = z.output<M['output']>;
export type Payload<E extends { payload: Schema }> = z.output<E['payload']>;

/** The handlers of a table; `C` is the context that each of them gets besides the input. */
export type Handlers<T extends MethodTable, C> = {
  [K in keyof T]: (input: Checked<T[K]>, context: C) => Promise<Output<T[K]>> | Output<T[K]>;
};

/** Binds handlers to a table. A row without a handler, or a handler without a row, does not compile. */
export const implement =
  <T extends MethodTable>(_table: T) =>
  <C>(handlers: Handlers<T, C>): Handlers<T, C> =>
    handlers;
