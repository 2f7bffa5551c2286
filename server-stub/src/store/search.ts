import { type Expression, type SqlBool, sql } from 'kysely';

/** The case of A to Z does not matter: as much as both databases do alike, whatever their locale is. */
const lowered = (column: string): Expression<string> => sql<string>`lower(${sql.ref(column)})`;
const small = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** `%` and `_` of what was typed mean themselves. */
export const contains = (column: string, text: string): Expression<SqlBool> =>
  sql<SqlBool>`${lowered(column)} like ${`%${small(text).replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`} escape '\\'`;

/** As a range, which an index on `lower(column)` answers. */
export const beginsWith = (column: string, text: string): Expression<SqlBool> =>
  sql<SqlBool>`(${lowered(column)} >= ${small(text)} and ${lowered(column)} < ${`${small(text)}\u{10FFFF}`})`;

/** The same where case matters: for keys that a program makes. */
export const startsWith = (column: string, text: string): Expression<SqlBool> =>
  sql<SqlBool>`(${sql.ref(column)} >= ${text} and ${sql.ref(column)} < ${`${text}\u{10FFFF}`})`;
