import type { Schema } from '@meetframe/contract/define';
import * as z from 'zod/mini';

/** The part of JSON Schema that the contract's inputs use. */
type Shape = {
  type?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Shape[];
  items?: Shape;
  properties?: Record<string, Shape>;
  required?: string[];
  additionalProperties?: Shape | boolean;
  propertyNames?: Shape;
  pattern?: string;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  minimum?: number;
  maximum?: number;
};

/** An odd value for a field, and where in it the odd part is. `mustFail`: no field may accept it, whatever its schema. */
export type Odd = { path: string; value: unknown; mustFail: boolean; what: string };

/** Text that many fields accept and that must not be interpreted as anything. */
const injections = {
  'SQL, HTML, paths, formats, headers':
    "'; drop table user; --<img src=x onerror=alert(1)>/../../../etc/passwd%s%n{{7*7}}\r\nset-cookie: a=b",
  unicode: '\u202e𝕬\u0301\ufeff',
  prototype: '__proto__',
};
/** Text that no database stores unchanged. */
const unstorable = { NUL: 'a\u0000b', 'half a character': 'a\ud800b' };

/** Values beyond the limits of all fields. */
const boundless = {
  'a huge number': 1e308,
  'a hugely negative number': -1e308,
  'more than an integer holds': 2 ** 53,
  'endless text': 'x'.repeat(20_000),
  'endless digits': '1'.repeat(20_000),
};
const ofAnyType: Record<string, unknown> = {
  ...boundless,
  null: null,
  'a boolean': true,
  zero: 0,
  'a negative number': -1,
  'a fraction': 0.5,
  'the largest integer': Number.MAX_SAFE_INTEGER,
  'no text': '',
  text: 'text',
  'a number in text': '999999',
  'an empty list': [],
  'an empty object': {},
  'nested lists': [[[[[[]]]]]],
  'a nested object': { a: { b: { c: { d: null } } } },
  'names of every object': JSON.parse(
    '{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {}}, "toString": 1}',
  ),
};

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};
const typesOf = (shape: Shape): string[] => {
  if (shape.anyOf) return shape.anyOf.flatMap(typesOf);
  if (shape.const !== undefined) return [typeOf(shape.const)];
  if (shape.enum) return shape.enum.map(typeOf);
  if (shape.type === undefined) return [];
  return [shape.type === 'integer' ? 'number' : shape.type];
};

/** The smallest value that fits. */
const sample = (shape: Shape): unknown => {
  if (shape.const !== undefined) return shape.const;
  if (shape.enum) return shape.enum[0];
  if (shape.anyOf) return sample(shape.anyOf.find(({ type }) => type !== undefined) ?? {});
  switch (shape.type) {
    case 'object':
      return Object.fromEntries((shape.required ?? []).map((key) => [key, sample(shape.properties?.[key] ?? {})]));
    case 'array':
      return Array.from({ length: shape.minItems ?? 0 }, () => sample(shape.items ?? {}));
    case 'integer':
    case 'number':
      return Math.max(1, shape.minimum ?? 1);
    case 'boolean':
      return true;
    default: {
      const long = 'x'.repeat(Math.max(1, shape.minLength ?? 1));
      const pattern = new RegExp(shape.pattern ?? '');
      return [long, '1', 'video/VP8', Array(32).fill('AB').join(':')].find((text) => pattern.test(text)) ?? long;
    }
  }
};

const within = (odd: Odd[], key: string | number, wrap: (value: unknown) => unknown): Odd[] =>
  odd.map((each) => ({ ...each, path: `${key}${each.path && `.${each.path}`}`, value: wrap(each.value) }));

const ofObject = (shape: Shape, good: unknown): Odd[] => {
  const base = (typeOf(good) === 'object' ? good : sample(shape)) as Record<string, unknown>;
  const fields = Object.entries(shape.properties ?? {});
  const required = new Set(shape.required);
  return fields.flatMap(([key, field]) => [
    ...(required.has(key)
      ? [{ path: key, value: { ...base, [key]: undefined }, mustFail: true, what: 'missing' }]
      : []),
    ...within(oddities(field, base[key]), key, (value) => ({ ...base, [key]: value })),
  ]);
};

const ofRecord = (entry: Shape): Odd[] => within(oddities(entry), 'x', (value) => ({ x: value }));

const ofArray = (shape: Shape, good: unknown): Odd[] => {
  const item = shape.items ?? {};
  const fill = (length: number) => Array.from({ length }, () => sample(item));
  const [first, ...others] = Array.isArray(good) && good.length > 0 ? good : fill(Math.max(1, shape.minItems ?? 1));
  return [
    { path: '', value: fill((shape.maxItems ?? 5000) + 1), mustFail: true, what: 'too many' },
    ...within(oddities(item, first), 0, (value) => [value, ...others]),
  ];
};

const ofString = (shape: Shape): Odd[] =>
  Object.entries({
    ...injections,
    ...unstorable,
    ...(shape.maxLength !== undefined && { 'too long': 'x'.repeat(shape.maxLength + 1) }),
  }).map(([what, value]) => ({ path: '', value, mustFail: what in unstorable, what }));

const ofNumber = ({ minimum, maximum }: Shape): Odd[] => [
  ...(minimum === undefined ? [] : [{ path: '', value: minimum - 1, mustFail: false, what: 'too small' }]),
  ...(maximum === undefined ? [] : [{ path: '', value: maximum + 1, mustFail: false, what: 'too large' }]),
];

/** Odd values for a field and for the fields inside it. Some may be allowed: ask the schema. */
function oddities(shape: Shape, good?: unknown): Odd[] {
  const types = typesOf(shape);
  // A schema without a type stands for one that JSON does not have, a `Date`: no JSON value matches it.
  const general = Object.entries(ofAnyType).map(([what, value]) => ({
    path: '',
    value,
    mustFail: what in boundless || (types.length > 0 && !types.includes(typeOf(value))),
    what,
  }));
  const special = (each: Shape): Odd[] => {
    if (each.anyOf) return each.anyOf.flatMap(special);
    if (typeof each.additionalProperties === 'object') return ofRecord(each.additionalProperties);
    if (each.type === 'object') return ofObject(each, good);
    if (each.type === 'array') return ofArray(each, good);
    if (each.type === 'integer' || each.type === 'number') return ofNumber(each);
    return each.type === 'string' && !each.enum ? ofString(each) : [];
  };
  return [...general, ...special(shape)];
}

const shapeOf = (schema: Schema): Shape =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Shape;

export const fieldsOf = (schema: Schema): string[] => Object.keys(shapeOf(schema).properties ?? {});

/** Inputs with one odd value each, made from a valid input. `path` names the odd value. */
export const oddInputs = (schema: Schema, good: Record<string, unknown>): Odd[] => ofObject(shapeOf(schema), good);
