import * as z from 'zod/mini';
import { getSign } from '../account.ts';
import { isOverSocket, platform } from '../api.ts';
import {
  appointment,
  company,
  invited,
  mediaState,
  record,
  recordFile,
  room,
  roomMember,
  series,
  textsOf,
  transcriptFile,
  transcriptLine,
  transcriptSummary,
  user,
} from '../beans/index.ts';
import type { Method, Schema } from '../define.ts';
import { errorCodes } from '../errorCodes.ts';
import { moment } from '../fields.ts';
import { answerSchema } from './answer.ts';
import type { HttpRow } from './examples.ts';
import { describeField } from './fields.ts';
import type { JsonSchema } from './types.ts';

const stored = [record, recordFile, transcriptSummary, transcriptLine, transcriptFile];
/** Shapes that have a name of their own in the reference. */
const shapes = [user, company, room, appointment, series, invited, roomMember, ...stored, mediaState].map((schema) => ({
  ...textsOf(schema),
  schema,
}));

export const httpRows = Object.entries<Method>(platform).filter(([, row]) => !isOverSocket(row)) as [HttpRow, Method][];

const address = (name: string): string => `#/components/schemas/${name}`;
export const ref = (name: string): JsonSchema => ({ $ref: address(name) });

const time: JsonSchema = {
  description: 'A point in time: ISO 8601, UTC as `yyyyMMddHHmmss`, or milliseconds since 1970.',
  anyOf: [
    { type: 'string', maxLength: 40 },
    { type: 'integer', minimum: 0 },
  ],
};

/** Writes `anyOf: [type, null]` as one schema with two types. */
const joined = ([first, second, ...more]: readonly JsonSchema[]): JsonSchema | undefined => {
  if (more.length > 0 || second?.type !== 'null' || typeof first?.type !== 'string') return undefined;
  return { ...first, type: [first.type, 'null'], ...(first.enum && { enum: [...first.enum, null] }) };
};

/** Shortens what zod writes, and removes the bounds that every integer has. */
const tidy = (schema: JsonSchema): void => {
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.type === 'number' && schema.enum?.every(Number.isInteger)) schema.type = 'integer';
  // A part that other schemas share may come later by itself.
  schema.anyOf?.forEach(tidy);
  const shorter = schema.anyOf && joined(schema.anyOf);
  if (!shorter) return;
  delete schema.anyOf;
  Object.assign(schema, shorter);
};

const convert = (schemas: Record<string, Schema>, io: 'input' | 'output'): Record<string, JsonSchema> => {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) if (!registry.has(schema)) registry.add(schema, { id });
  const { schemas: made } = z.toJSONSchema(registry, {
    uri: address,
    io,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => tidy(jsonSchema as JsonSchema),
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, schema]) => {
      // Two rows may share one schema: it was converted under the first name.
      const { $schema: _, $id: __, ...json } = made[registry.get(schema)?.id ?? id] ?? {};
      return [id, json as JsonSchema];
    }),
  );
};

/** Adds what fields mean, those inside of fields included. `own`: what a shape says of its own fields. */
const describe = (schema: JsonSchema, owner: string, own: Record<string, string> = {}): JsonSchema => {
  const inside = (part: JsonSchema) => describe(part, owner);
  return {
    ...schema,
    ...(schema.items && { items: inside(schema.items) }),
    ...(schema.anyOf && { anyOf: schema.anyOf.map(inside) }),
    ...(schema.properties && {
      properties: Object.fromEntries(
        Object.entries(schema.properties).map(([name, field]) => {
          const description = own[name] ?? describeField(owner, name);
          return [name, { ...describe(field, `${owner}.${name}`), ...(description && { description }) }];
        }),
      ),
    }),
  };
};

const text: JsonSchema = { type: 'string' };
/** The caller’s credentials, which every request may contain. */
const credentials = { sign: { ...text, maxLength: 2048 }, SID: { ...text, maxLength: 2048 } };

const request = (name: string, schema: JsonSchema): JsonSchema =>
  describe({ ...schema, properties: { ...schema.properties, ...credentials, ...schema.properties } }, name);

const answer = (name: string, schema: JsonSchema): JsonSchema => {
  const [module, method] = name.split('.');
  return describe(
    {
      ...schema,
      properties: {
        ...schema.properties,
        module: { const: module },
        method: { ...text, examples: [method] } as JsonSchema,
      },
      required: [...(schema.required ?? []), 'module', 'method'],
    },
    name,
  );
};

const error: JsonSchema = describe(
  {
    type: 'object',
    properties: {
      module: text,
      method: text,
      error: {
        type: 'object',
        properties: { code: ref('ErrorCode'), message: text, details: { type: 'object' } },
        required: ['code', 'message'],
      },
    },
    required: ['module', 'method', 'error'],
  },
  'Error',
);

/** `room.createRoom` in the reference: what goes in and what comes out. */
export const requestOf = (name: string): string => `${name}.request`;
export const answerOf = (name: string): string => `${name}.answer`;

const prefixed = (
  schemas: Record<string, JsonSchema>,
  title: (name: string) => string,
  make: (name: string, schema: JsonSchema) => JsonSchema,
) => Object.fromEntries(httpRows.map(([name]) => [title(name), make(name, schemas[name] ?? {})]));

/** All schemas of the reference, by name. */
export const schemas = (): Record<string, JsonSchema> => {
  const inputs = convert(
    { ...Object.fromEntries(httpRows.map(([name, row]) => [name, row.input])), Time: moment },
    'input',
  );
  const outputs = convert(
    Object.fromEntries<Schema>([
      ...shapes.map(({ id, schema }) => [id, schema] as const),
      ...httpRows.map(([name, row]) => [name, answerSchema(row)] as const),
    ]),
    'output',
  );
  return {
    ...Object.fromEntries(
      shapes.map(({ id, description, fields }) => [id, { description, ...describe(outputs[id] ?? {}, id, fields) }]),
    ),
    Time: time,
    ErrorCode: {
      description: 'Every error that there is; those of a method are listed with it.',
      enum: Object.keys(errorCodes),
    },
    Error: error,
    Sign: describe(convert({ Sign: getSign.output }, 'output').Sign ?? {}, 'Sign'),
    ...prefixed(inputs, requestOf, request),
    ...prefixed(outputs, answerOf, answer),
  };
};
