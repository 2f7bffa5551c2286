import { type Expression, type SqlBool, sql } from 'kysely';

/** Ignores the case of A to Z only: both databases do that alike, whatever their locale. */
const lowered = (column: string): Expression<string> => sql<string>`lower(${sql.ref(column)})`;
const small = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** Escapes `%` and `_`, so that they match themselves. */
export const contains = (column: string, text: string): Expression<SqlBool> =>
  sql<SqlBool>`${lowered(column)} like ${`%${small(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`;

/** A prefix search as a range, which an index on `lower(column)` can answer. */
export const beginsWith = (column: string, text: string): Expression<SqlBool> =>
  sql<SqlBool>`(${lowered(column)} >= ${small(text)} and ${lowered(column)} < ${`${small(text)}\u{10FFFF}`})`;

/** The same with case, for keys that programs make. */
export const startsWith = (column: string, text: string): Expression<SqlBool> =>
  sql<SqlBool>`(${sql.ref(column)} >= ${text} and ${sql.ref(column)} < ${`${text}\u{10FFFF}`})`;
