import type { Schema } from '@meetframe/contract';

type Definition = {
  type: string;
  values?: unknown[];
  entries?: Record<string, string>;
  element?: Schema;
  options?: Schema[];
  innerType?: Schema;
  in?: Schema;
  out?: Schema;
  keyType?: Schema;
  valueType?: Schema;
  shape?: Record<string, Schema>;
  catchall?: Schema;
  left?: Schema;
  right?: Schema;
};

/** What a caller passes, or what a handler answers: they differ where a schema converts. */
export type Side = 'input' | 'output';

const primitives: Record<string, string> = {
  string: 'string',
  number: 'number',
  boolean: 'boolean',
  date: 'Date',
  undefined: 'undefined',
  null: 'null',
  void: 'void',
  unknown: 'unknown',
  any: 'unknown',
};

/** The alternatives of a type; those inside of its braces and brackets belong to a part. */
const alternatives = (type: string): string[] => {
  let depth = 0;
  const found = [''];
  for (const part of type.split(/(?<!=)([{}<>()[\]]| \| )/)) {
    if (/^[{<([]$/.test(part)) depth++;
    if (/^[}>)\]]$/.test(part)) depth--;
    if (part === ' | ' && depth === 0) found.push('');
    else found[found.length - 1] += part;
  }
  return found;
};

/** A schema as TypeScript. `names` are shapes that have a name; `dates` are fields of answers that a page gets as `Date`. */
export const makeTypeText = (names: ReadonlyMap<Schema, string>, dates: ReadonlySet<string>) => {
  const text = (schema: Schema, side: Side): string => names.get(schema) ?? write(schema, side);

  const union = (parts: string[]): string => [...new Set(parts.flatMap(alternatives))].join(' | ');

  const field = (name: string, schema: Schema, side: Side): string => {
    const plain = text(schema, side);
    const type = side === 'output' && dates.has(name) ? plain.replace(/^string/, 'Date') : plain;
    const optional = schema._zod[side === 'input' ? 'optin' : 'optout'] === 'optional';
    return `${/^\w+$/.test(name) ? name : `'${name}'`}${optional ? '?' : ''}: ${type};`;
  };

  const object = ({ shape = {}, catchall }: Definition, side: Side, about: Record<string, string>): string => {
    const fields = Object.entries(shape).map(([name, schema]) => {
      const note = about[name] ? `\n/** ${about[name]} */\n` : '';
      return note + field(name, schema, side);
    });
    if (catchall && catchall._zod.def.type !== 'never') fields.push(`[field: string]: ${text(catchall, side)};`);
    return fields.length ? `{ ${fields.join(' ')} }` : 'Record<string, never>';
  };

  const write = (schema: Schema, side: Side, about: Record<string, string> = {}): string => {
    const definition = schema._zod.def as unknown as Definition;
    const inner = (part: Schema | undefined): string => {
      if (!part) throw new Error(`a schema of type ${definition.type} without its part`);
      return text(part, side);
    };
    switch (definition.type) {
      case 'literal':
        return (definition.values ?? []).map((value) => JSON.stringify(value)).join(' | ');
      case 'enum':
        return Object.values(definition.entries ?? {})
          .map((value) => JSON.stringify(value))
          .join(' | ');
      case 'optional':
        return union([inner(definition.innerType), 'undefined']);
      case 'nullable':
        return union([inner(definition.innerType), 'null']);
      case 'array':
        return `Array<${inner(definition.element)}>`;
      case 'record':
        return `Record<${inner(definition.keyType)}, ${inner(definition.valueType)}>`;
      case 'union':
        return (definition.options ?? []).map((option) => text(option, side)).join(' | ');
      case 'intersection':
        return `${inner(definition.left)} & ${inner(definition.right)}`;
      case 'pipe':
        return inner(side === 'input' ? definition.in : definition.out);
      case 'object':
        return object(definition, side, about);
    }
    const primitive = primitives[definition.type];
    // A new kind of schema in the contract shows here rather than as `unknown` on a partner's screen.
    if (!primitive) throw new Error(`no text for a schema of type ${definition.type} (${side})`);
    return primitive;
  };

  /** `shape` writes out even what has a name, with what is known about its fields. */
  return { text, shape: write };
};
