import { readFileSync } from 'node:fs';
import {
  type Event,
  type EventTable,
  errorCodes,
  type Method,
  meeting,
  meetingEvents,
  platform,
  platformEvents,
} from '@meetframe/contract';
import { describeField } from '@meetframe/contract/reference/fields';
import { protocol } from '@meetframe/contract/version';
import { closeCodes, rates, wire } from '@meetframe/contract/wire';
import * as z from 'zod/mini';
import { code, codes, table, withDerived } from './derived.ts';

export const protocolPath = 'docs/protocol.md';

const mebibytes = (bytes: number): string => `${bytes / 1024 ** 2} MiB`;
const seconds = (milliseconds: number): string => `${milliseconds / 1000} s`;

const shapeOf = (schema: z.ZodMiniType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as {
    properties?: Record<string, object>;
    required?: string[];
  };

const meaningOf = (name: string, field: string): string => {
  const meaning = describeField(name, field);
  if (!meaning) throw new Error(`${protocolPath}: nothing says what ${name}.${field} means.`);
  return meaning;
};

const fieldsOf = (name: string, schema: z.ZodMiniType, io: 'input' | 'output'): string => {
  const { properties = {}, required = [] } = shapeOf(schema, io);
  const rows = Object.keys(properties).map((field) => [
    code(field),
    ...(io === 'input' ? [required.includes(field) ? 'yes' : 'no'] : []),
    meaningOf(name, field),
  ]);
  return table(io === 'input' ? ['field', 'required', 'meaning'] : ['field', 'meaning'], rows);
};

const methodRow = ([name, row]: [string, Method]): string[] => [
  code(name),
  row.spec,
  row.summary,
  codes(Object.keys(shapeOf(row.input, 'input').properties ?? {})),
  codes(row.errors ?? []),
];
const methodHead = ['method', 'section', 'what it does', 'takes', 'errors of its own'];

const volatilityOf = ({ volatile }: Event): string => {
  if (typeof volatile === 'function') return ' What is not finished comes without `seq` and is not sent again.';
  if (volatile === 'moment') return ' Without `seq`, and not sent again.';
  return volatile ? ' Without `seq`; the newest is sent again.' : '';
};
const eventRows = (events: EventTable): string[][] =>
  Object.entries(events).map(([name, row]) => [
    code(name),
    `${row.summary}${volatilityOf(row)}`,
    codes(Object.keys(shapeOf(row.payload, 'output').properties ?? {})),
  ]);

const limits: readonly (readonly [what: string, bound: string, beyond: string])[] = [
  ['a message', `${wire.maxMessage} bytes`, `the socket closes with ${closeCodes.tooBig.code}`],
  ['messages', `${wire.maxMessages} in ${seconds(wire.window)}`, `the socket closes with ${closeCodes.flood.code}`],
  ['requests under way', `${wire.maxPending}`, 'each further one is answered `THROTTLED`'],
  [
    'messages before the answer to `session.hello`',
    `${wire.maxPending}`,
    `the socket closes with ${closeCodes.badMessage.code}`,
  ],
  [
    '`module`, `method` and a text `id`',
    `${wire.maxName} characters`,
    `the socket closes with ${closeCodes.badMessage.code}`,
  ],
  [
    'a fresh socket without `session.hello`',
    `${seconds(wire.helloWithin)}, by default`,
    `the socket closes with ${closeCodes.noSession.code}`,
  ],
  ['a socket that answers no ping', `${seconds(wire.pingEvery)} to ${seconds(2 * wire.pingEvery)}`, 'it is closed'],
  [
    'a session without a socket',
    `${seconds(wire.grace)}, by default`,
    'it ends: the seat is free, `resume` opens a new one',
  ],
  [
    'events kept for a client that comes back',
    `${wire.keptEvents}, of ${mebibytes(wire.keptEventBytes)} together`,
    'its `session.hello` is answered `missed: "snapshot"`',
  ],
  [
    'answers kept for requests sent again',
    `${wire.keptAnswers}, of ${mebibytes(wire.keptAnswerBytes)} together`,
    'by number: an older request is carried out again; by size: it is answered `CONFLICT`',
  ],
  [
    'events and answers kept for all clients',
    mebibytes(wire.keptInAll),
    'the oldest of the client that has most are dropped, as beyond the two limits above',
  ],
  ...Object.entries(rates).map(
    ([name, { times, seconds: span, per }]) =>
      [
        `${name === 'hello' ? '`session.hello`' : code(`meeting.${name}`)}`,
        `${times} in ${span} s per ${per}`,
        '`THROTTLED`',
      ] as const,
  ),
];

const isOfSession = (name: string): boolean => name.startsWith('session.');

/** The derived parts of the page, by name. */
const parts: Record<string, () => string> = {
  version: () => `This page describes version **${protocol.major}.${protocol.minor}** of the protocol.`,
  'hello takes': () => fieldsOf('session.hello', platform['session.hello'].input, 'input'),
  'hello gives': () => fieldsOf('session.hello', platform['session.hello'].output, 'output'),
  'close codes': () =>
    table(
      ['code', 'sent by', 'meaning', 'what to do'],
      Object.values(closeCodes).map((row) => [String(row.code), row.by, row.meaning, row.remedy]),
    ),
  limits: () => table(['what', 'bound', 'beyond it'], limits),
  'session methods': () =>
    table(
      methodHead,
      Object.entries<Method>(platform)
        .filter(([name]) => isOfSession(name))
        .map(methodRow),
    ),
  'meeting methods': () => table(methodHead, Object.entries<Method>(meeting).map(methodRow)),
  events: () =>
    table(['event', 'what it says', 'carries'], [...eventRows(platformEvents), ...eventRows(meetingEvents)]),
  errors: () =>
    table(
      ['code', 'meaning', 'what to do'],
      Object.entries(errorCodes).map(([name, { meaning, remedy }]) => [code(name), meaning, remedy]),
    ),
};

/** The page about the protocol; its tables derive from the contract. */
export const protocolPage = (): string => withDerived(protocolPath, parts);

/** One line of a conversation in the page: who says it, and what. */
export type Said = { by: 'client' | 'server'; message: Record<string, unknown> };

/** The conversations of the page, from its blocks marked `wire`. */
export const conversations = (): Said[] =>
  [...readFileSync(protocolPath, 'utf8').matchAll(/```wire\n([\s\S]*?)```/g)].flatMap(([, block = '']) =>
    block
      .trim()
      .split(/\n(?=[<>] )/)
      .map((line) => ({ by: line.startsWith('> ') ? 'client' : 'server', message: JSON.parse(line.slice(2)) }) as Said),
  );
