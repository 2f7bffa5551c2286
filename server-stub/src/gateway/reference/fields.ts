import type { JsonSchema } from '@meetframe/contract/reference/types';
import { html, type Markup, phrase } from './markup.ts';

export type Schemas = Readonly<Record<string, JsonSchema>>;

const nameOf = (reference: string): string => reference.split('/').at(-1) ?? '';
const isShape = (schemas: Schemas, name: string): boolean => schemas[name]?.properties !== undefined;

const bounds = ({
  minimum,
  exclusiveMinimum,
  maximum,
  minLength,
  maxLength,
  minItems,
  maxItems,
}: JsonSchema): string => {
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : exclusiveMinimum + 1);
  if (maxItems !== undefined) return minItems ? `${minItems} to ${maxItems} of them` : `at most ${maxItems} of them`;
  if (maxLength !== undefined)
    return minLength ? `${minLength} to ${maxLength} characters` : `at most ${maxLength} characters`;
  // The maximum of ids is of no use to readers.
  if (maximum !== undefined && maximum < 2 ** 31 - 1)
    return `${least ?? 'at most'}${least === undefined ? ' ' : ' to '}${maximum}`;
  return '';
};

/** A schema as a person would write its type. */
const typeOf = (schema: JsonSchema, schemas: Schemas): (Markup | string)[] => {
  if (schema.$ref) {
    const name = nameOf(schema.$ref);
    return isShape(schemas, name) ? [html`<a href="#shape-${name}">${name}</a>`] : ['time'];
  }
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum) return [schema.enum.map((value) => JSON.stringify(value)).join(' | ')];
  if (schema.anyOf) return schema.anyOf.flatMap((part, index) => [...(index ? [' | '] : []), ...typeOf(part, schemas)]);
  if (schema.type === 'array') return [...typeOf(schema.items ?? {}, schemas), '[]'];
  return [[schema.type ?? 'any'].flat().join(' | ')];
};

type Row = { path: string; schema: JsonSchema; required: boolean };

const objectsIn = (schema: JsonSchema): JsonSchema[] =>
  [schema, ...(schema.anyOf ?? [])].filter(({ properties }) => properties);

/** Fields of a shape, those inside of fields included; what has a page of its own is only linked. */
const rowsOf = (schema: JsonSchema, prefix = ''): Row[] =>
  Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const path = `${prefix}${name}`;
    const inside = [
      ...objectsIn(field).map((part) => [part, `${path}.`] as const),
      ...(field.items ? objectsIn(field.items).map((part) => [part, `${path}[].`] as const) : []),
    ];
    const required = schema.required?.includes(name) ?? false;
    return [{ path, schema: field, required }, ...inside.flatMap(([part, start]) => rowsOf(part, start))];
  });

/** A table of a shape's fields. `leaveOut`: those that are the same everywhere. */
export const fieldTable = (
  schema: JsonSchema,
  schemas: Schemas,
  { leaveOut = [], optional = true }: { leaveOut?: readonly string[]; optional?: boolean } = {},
): Markup => {
  const rows = rowsOf(schema).filter(({ path }) => !leaveOut.includes(path));
  if (rows.length === 0) return html`<p class="quiet">Nothing.</p>`;
  return html`<table><tbody>${rows.map(({ path, schema: field, required }) => {
    const limits = bounds(field);
    const presence = optional ? (required ? 'required' : 'optional') : required ? '' : 'not always there';
    return html`<tr><th scope="row"><code>${path}</code></th><td><span class="type">${typeOf(field, schemas)}</span>
      <span class="quiet">${[presence, limits].filter(Boolean).join(', ')}</span><br>${phrase(field.description ?? '')}</td></tr>`;
  })}</tbody></table>`;
};
