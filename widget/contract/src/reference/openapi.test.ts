import { Validator } from '@seriousme/openapi-schema-validator';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import * as z from 'zod/mini';
import { platform } from '../api.ts';
import * as beans from '../beans/index.ts';
import { texts } from '../beans/texts.ts';
import type { Method } from '../define.ts';
import { errorCodes } from '../errorCodes.ts';
import { examples } from './examples.ts';
import { openApi } from './openapi.ts';
import { httpRows } from './schemas.ts';
import type { JsonSchema, MediaType, Operation } from './types.ts';

const document = openApi('https://meet.example.com');
const operations: [string, Operation][] = Object.entries(document.paths).flatMap(([path, item]) =>
  Object.entries(item).map(([verb, operation]) => [`${verb.toUpperCase()} ${path}`, operation] as [string, Operation]),
);

test('the document is OpenAPI 3.1, by a public validator', async () => {
  const validator = new Validator();
  expect(await validator.validate(JSON.parse(JSON.stringify(document)))).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
  expect(validator.resolveRefs()).toBeTruthy();
});

test('every row of the platform is in it, but those that belong to the socket', () => {
  const missing = Object.entries<Method>(platform).filter(
    ([name, row]) => !row.overSocket && !document.paths[`/app/${name.replace('.', '/')}`]?.post,
  );
  expect(missing).toEqual([]);
  for (const [name] of httpRows) {
    const [module = '', method = ''] = name.split('.');
    const schema = document.paths[`/app/${module}`]?.post?.requestBody?.content['application/json']?.schema;
    expect(schema?.discriminator?.mapping, name).toHaveProperty([method]);
  }
});

test('operations have ids of their own, groups and sections', () => {
  const ids = operations.map(([, { operationId }]) => operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = document.tags.map(({ name }) => name);
  for (const [name, operation] of operations) expect(tags, name).toEqual(expect.arrayContaining(operation.tags));
  for (const [name, operation] of operations) expect(operation['x-section'], name).toMatch(/^(\+|\d)/);
});

describe('examples', () => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  ajv.addSchema({ $id: 'https://meet.example.com/openapi', ...(JSON.parse(JSON.stringify(document)) as object) });
  const expectValid = (schema: JsonSchema, value: unknown): void => {
    const text = JSON.stringify(schema).replaceAll('"#/', '"https://meet.example.com/openapi#/');
    const validate = ajv.compile(JSON.parse(text));
    validate(JSON.parse(JSON.stringify(value)));
    expect(validate.errors).toBeNull();
  };
  const media: [string, MediaType][] = operations.flatMap(([name, { requestBody, responses }]) => [
    ...Object.entries(requestBody?.content ?? {}).map(
      ([type, body]) => [`${name} ${type}`, body] as [string, MediaType],
    ),
    ...Object.entries(responses).flatMap(([status, { content }]) =>
      Object.entries(content ?? {}).map(([, body]) => [`${name} ${status}`, body] as [string, MediaType]),
    ),
  ]);

  test.each(media.filter(([, { example }]) => example !== undefined))(
    '%s fits its schema',
    (_, { schema, example }) => {
      expectValid(schema, example);
    },
  );

  test.each(httpRows)('%s has one, which the contract takes too, by either address', (name, row) => {
    const { request, response } = examples[name];
    expect(row.input.safeParse(request).error).toBeUndefined();
    expect(row.output.safeParse(response).data).toEqual(response);
    const [module = '', method = ''] = name.split('.');
    const byModule = document.paths[`/app/${module}`]?.post?.requestBody?.content['application/json']?.schema;
    expectValid(byModule ?? {}, { ...request, method });
  });

  test('a wrong one would be noticed', () => {
    const schema = { $ref: '#/components/schemas/room.createRoom.request' };
    expect(() => expectValid(schema, { name: 'x', numberLimit: 0, isPublic: true })).toThrow();
    const answer = { $ref: '#/components/schemas/room.createRoom.answer' };
    expect(() => expectValid(answer, { ...examples['room.createRoom'].response, more: 1 })).toThrow();
  });
});

test('every field says what it means', () => {
  const silent: string[] = [];
  const look = (schema: JsonSchema, path: string): void => {
    for (const [name, field] of Object.entries(schema.properties ?? {})) {
      if (!field.description) silent.push(`${path}.${name}`);
      look(field, `${path}.${name}`);
    }
    if (schema.items) look(schema.items, path);
    for (const part of [...(schema.anyOf ?? []), ...(schema.allOf ?? [])]) look(part, path);
  };
  for (const [name, schema] of Object.entries(document.components.schemas)) look(schema, name);
  for (const [name, { requestBody }] of operations)
    for (const { schema } of Object.values(requestBody?.content ?? {})) look(schema, name);
  expect(silent).toEqual([]);
});

test('what a shape says of its fields is about fields that it has', () => {
  const named = Object.values(beans).filter((bean) => bean instanceof z.ZodMiniObject && texts.has(bean));
  expect(named.length).toBeGreaterThan(10);
  for (const shape of named as z.ZodMiniObject[])
    expect(Object.keys(shape.shape)).toEqual(expect.arrayContaining(Object.keys(texts.get(shape)?.fields ?? {})));
});

test('every error that a platform can answer over HTTP is listed with its status', () => {
  for (const [name, operation] of operations)
    for (const code of operation['x-errors'] ?? [])
      expect(operation.responses[errorCodes[code].status]?.description, `${name} ${code}`).toContain(`\`${code}\``);
});
