import { writeFileSync } from 'node:fs';
import {
  aliases,
  appointment,
  author,
  chatMessage,
  client,
  company,
  type Event,
  errorCodes,
  type Method,
  mediaDevice,
  mediaSession,
  meeting,
  meetingEvents,
  participant,
  platform,
  platformEvents,
  record,
  room,
  roomMember,
  snapshot,
  specification,
  texts,
  textsOf,
  user,
} from '@meetframe/contract';
import { pageEvents, pageMethods } from '@meetframe/contract/pageTable';
import { answerSchema } from '@meetframe/contract/reference/answer';
import type { JsonSchema } from '@meetframe/contract/reference/types';
import { dtlsParameters, rtpCapabilities, rtpParameters } from '@meetframe/contract/rtp';
import * as z from 'zod/mini';
import { permissionMatrix, permissionsPath } from './docsPermissions.ts';
import { protocolPage, protocolPath } from './docsProtocol.ts';
import { textsPage, textsPath } from './docsTexts.ts';
import { webhooksPage, webhooksPath } from './docsWebhooks.ts';
import { declarations, declarationsPath } from './sdk/declarations.ts';
import { pageRow } from './sdk/pageRow.ts';

const beans: Record<string, z.ZodMiniType> = {
  ...Object.fromEntries(
    [user, company, room, client, author, appointment, record, roomMember, chatMessage, mediaDevice, participant].map(
      (schema) => [textsOf(schema).id, schema],
    ),
  ),
  Snapshot: snapshot,
  MediaSession: mediaSession,
  RtpCapabilities: rtpCapabilities,
  RtpParameters: rtpParameters,
  DtlsParameters: dtlsParameters,
};

/** A schema in a few words, as a person would write its type. */
const words = (schema: JsonSchema, depth = 0): string => {
  const name = schema.$ref?.split('/').at(-1);
  if (name) return `[${name}](#${name.toLowerCase()})`;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(' \\| ');
  if (schema.anyOf) return [...new Set(schema.anyOf.map((part) => words(part, depth)))].join(' \\| ');
  if (schema.type === 'array') return `${words(schema.items ?? {}, depth)}[]`;
  if (schema.type === 'object' && schema.properties) {
    if (depth > 2) return 'object';
    const fields = Object.entries(schema.properties).map(([key, value]) => {
      const optional = schema.required?.includes(key) ? '' : '?';
      return `${key}${optional}: ${words(value, depth + 1)}`;
    });
    return fields.length ? `{ ${fields.join(', ')} }` : '{}';
  }
  return [schema.type ?? 'any'].flat().join(' \\| ');
};

const named = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(beans)) named.add(schema, { id });

/** Shapes that have a name are `$ref`s to it, at the top as well; what they are stands in `$defs`. */
const jsonSchema = (schema: z.ZodMiniType, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { metadata: named, unrepresentable: 'any', io }) as JsonSchema & {
    $defs?: Record<string, JsonSchema>;
  };

const beanTable = (name: string, schema: z.ZodMiniType): string => {
  const { properties = {} } = jsonSchema(schema, 'output').$defs?.[name] ?? {};
  const { description, fields = {} } = texts.get(schema) ?? {};
  const rows = Object.entries(properties).map(
    ([field, value]) => `| \`${field}\` | ${words(value)} | ${fields[field] ?? ''} |`,
  );
  const about = description ? [description, ''] : [];
  return [`### ${name}`, '', ...about, '| field | type | meaning |', '|---|---|---|', ...rows].join('\n');
};

/** Rows of a table by the names that stand in front of them. */
type Rows<R> = readonly (readonly [name: string, row: R])[];

const methodTable = (rows: Rows<Method>): string =>
  [
    '| name | section | what it does | takes | gives | who | errors of its own |',
    '|---|---|---|---|---|---|---|',
    ...rows.map(([name, row]) => {
      const input = words(jsonSchema(row.input, 'input'));
      const output = words(jsonSchema(answerSchema(row), 'output'));
      const codes = row.errors?.map((code) => `\`${code}\``).join(' ') ?? '';
      return `| \`${name}\` | ${row.spec} | ${row.summary} | ${input} | ${output} | ${row.may.level}${row.worksWithExpiredSign ? ', also with an expired sign' : ''} | ${codes} |`;
    }),
  ].join('\n');

const eventTable = (rows: Rows<Event>): string =>
  [
    '| name | section | what it says | carries |',
    '|---|---|---|---|',
    ...rows.map(
      ([name, row]) => `| \`${name}\` | ${row.spec} | ${row.summary} | ${words(jsonSchema(row.payload, 'output'))} |`,
    ),
  ].join('\n');

/** A row without what is between widget and server only. */
const forPages = ([name, row]: (typeof pageMethods)[number]): [string, Method] => [name, pageRow(row)];

/** The API reference, derived from the contract. */
export const reference = (): string => `# API reference

Derived from \`widget/contract\` by \`npm run docs\`; do not edit. Sections are those of ${specification}; \`+\` goes beyond it.

## What a page calls: \`rtcPeer.*\`

${methodTable(pageMethods.map(forPages))}

Times (\`startTime\`, \`endTime\`, \`actuallyStartTime\`) are \`Date\` in a page and ISO 8601 text on the wire. Where the wire
names a participant in short ([Author](#author)), a page gets the whole [Client](#client).

Deprecated names that still work: ${Object.entries(aliases)
  .map(
    ([name, alias]) => `\`${name}\` → \`${alias.to}\`${'inverted' in alias ? ' (the boolean means the opposite)' : ''}`,
  )
  .join(', ')}.

## What a page hears: \`rtcPeer.on(name, fn)\`

${eventTable(pageEvents.map(([name, row]) => [name, row]))}

## Over the wire: \`{module, method, …}\` to \`POST /app/{module}\` or the socket

Who may call: \`public\` everybody; \`visitor\` a valid sign, or the platform's own page; \`sign\` a valid sign; \`user\` a logged-in
user; \`companyAdmin\` an administrator of the user's company; \`participant\` a participant of a meeting, on this
connection; \`moderator\` the moderator of that meeting.

Once the sign of a connection has expired (\`signExpiresAt\`), every method from \`visitor\` to \`companyAdmin\` is refused with
\`UNAUTHENTICATED\` until \`session.renewSign\`, except those marked here. Participants stay in their meeting, with all that they may do
there, after a lost connection too. Entering again needs a fresh sign.

${methodTable(Object.entries(platform))}

### Events

${eventTable(Object.entries(platformEvents))}

## Over the socket, in a meeting

${methodTable(Object.entries(meeting))}

### Events

${eventTable(Object.entries(meetingEvents))}

## Shapes

${Object.entries(beans)
  .map(([name, schema]) => beanTable(name, schema))
  .join('\n\n')}

## Error codes

| code | HTTP | meaning | what to do |
|---|---|---|---|
${Object.entries(errorCodes)
  .map(([code, { status, meaning, remedy }]) => `| \`${code}\` | ${status} | ${meaning} | ${remedy} |`)
  .join('\n')}
`;

/** Everything in `docs` that derives from the contract, by path. */
export const documents: Readonly<Record<string, () => string>> = {
  'docs/api.md': reference,
  [permissionsPath]: permissionMatrix,
  [protocolPath]: protocolPage,
  [textsPath]: textsPage,
  [webhooksPath]: webhooksPage,
  [declarationsPath]: declarations,
};

if (import.meta.main) {
  for (const [path, make] of Object.entries(documents)) {
    const text = make();
    writeFileSync(path, text);
    console.log(`${path}: ${text.split('\n').length} lines`);
  }
}
