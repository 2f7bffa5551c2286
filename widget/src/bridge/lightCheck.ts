import { RTCPeerError } from '@meetframe/contract/error';
import type { Shape } from '@meetframe/contract/light';

const isType = (type: string, value: unknown): boolean => {
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  return type === 'null' ? value === null : typeof value === type;
};

const expected = ({ enum: choices, anyOf, type }: Shape): string =>
  choices ? `one of ${choices.join(', ')}` : anyOf ? anyOf.map(expected).join(' or ') : String(type);

type Wrong = { field: string; expected: string };

/** What does not fit, if anything: the first field with a wrong name, type or choice. */
const wrongIn = (shape: Shape, value: unknown, field: string): Wrong | undefined => {
  const { enum: choices, anyOf, type, properties, items } = shape;
  const fits = choices
    ? choices.includes(value)
    : anyOf
      ? anyOf.some((each) => !wrongIn(each, value, field))
      : isType(type ?? '', value);
  if (!fits) return { field, expected: expected(shape) };
  const inside = Object.entries(properties || items ? (value as object) : {});
  for (const [key, each] of inside) {
    const inner = items ?? properties?.[key];
    const path = field ? `${field}.${key}` : key;
    const wrong = !inner
      ? { field: path, expected: 'no such option' }
      : each !== undefined && wrongIn(inner, each, path);
    if (wrong) return wrong;
  }
  return undefined;
};

/** Checks names, types and choices without zod; the error names the field and the expected value, as that of `check` does. */
export const lightCheck = <T>(shape: Shape, value: unknown, what: string): T => {
  const wrong = wrongIn(shape, value, '');
  if (!wrong) return value as T;
  const unknown = wrong.expected === 'no such option';
  throw new RTCPeerError(
    'INVALID_ARGUMENT',
    `${what}: ${wrong.field || 'the argument'}: ${unknown ? 'unknown name' : `expected ${wrong.expected}`}.`,
    wrong,
  );
};
