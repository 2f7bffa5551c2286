import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  aliases,
  appointment,
  author,
  blob,
  chatFile,
  chatMessage,
  client,
  company,
  dateFields,
  errorCodes,
  type Method,
  mediaDevice,
  mirroredState,
  quote,
  record,
  relayedMethods,
  room,
  roomMember,
  type Schema,
  specification,
  textsOf,
  user,
  widgetMethods,
  widgetOptions,
} from '@meetframe/contract';
import { pageEvents, pageMethods } from '@meetframe/contract/pageTable';
import { errorCode } from '@meetframe/contract/reference/answer';
import { pageRow } from './pageRow.ts';
import { makeTypeText } from './typeText.ts';

/** What of the interface has no home in the contract is taken from where it is written, with its comments. */
const written = [
  'widget/contract/src/error.ts',
  'host-sdk/src/remoteMethod.ts',
  'host-sdk/src/options.ts',
  'host-sdk/src/types.ts',
  'host-sdk/src/element.ts',
];

const bitrate = widgetMethods['meeting.getBitrate'].output;
const beans = [
  ...[user, company, room, client, appointment, roomMember, record, mediaDevice, chatMessage, chatFile, quote].map(
    (schema) => ({
      schema,
      ...textsOf(schema),
    }),
  ),
  { schema: bitrate, id: 'Bitrate', description: 'Section 3.4.', fields: {} },
];

const options = textsOf(widgetOptions);

const { text, shape } = makeTypeText(
  // A page gets the whole client of a participant whom the wire names in short.
  new Map<Schema, string>([
    ...beans.map(({ schema, id }) => [schema, id] as const),
    [author, 'Client'],
    [blob, 'Blob'],
    [errorCode, 'ErrorCode'],
  ]),
  new Set(dateFields),
);

const comment = (...lines: string[]): string =>
  lines.length === 1 ? `/** ${lines[0]} */\n` : `/**\n${lines.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\n`;
const section = (spec: string): string => (spec === '+' ? `Goes beyond ${specification}.` : `Section ${spec}.`);
const codes = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

const rows: Record<string, Method> = Object.fromEntries(pageMethods.map(([name, row]) => [name, pageRow(row)]));

const isRequired = (schema: Schema): boolean => schema._zod.optin !== 'optional';

const given = (name: string, { input }: Method): string => {
  const plain = text(input, 'input');
  const fields = Object.values((input._zod.def as { shape?: Record<string, Schema> }).shape ?? {});
  return name in relayedMethods && !fields.some(isRequired) ? `${plain} | undefined` : plain;
};

const result = (name: string, { output }: Method): string => {
  const plain = text(output, 'output');
  if (/\.p(ublish|lay)$/.test(name)) return `${plain} & { getBitrate(): Promise<Bitrate> }`;
  return plain;
};

const plainValues = ({ input, positional = [] }: Method): string[] => {
  const inner = (input._zod.def as { innerType?: Schema }).innerType ?? input;
  const { shape: fields = {} } = inner._zod.def as { shape?: Record<string, Schema> };
  return positional.map((name) => text(fields[name] as Schema, 'input'));
};

const signature = (name: string, row: Method): string => {
  if (name === 'meeting.getMicVolume')
    return '(callback: Callback<number> | { callback: Callback<number> }) => Promise<() => void>';
  const plain = plainValues(row);
  const parts = [given(name, row), result(name, row), ...(plain.length ? [`[${plain.join(', ')}]`] : [])];
  return `RemoteMethod<${parts.join(', ')}>`;
};

const method = (name: string, row: Method): string => {
  const notes = [
    section(row.spec),
    ...(row.errors?.length ? [`Errors of its own: ${codes(row.errors)}.`] : []),
    ...(row.events?.length ? [`Events: ${codes(row.events)}.`] : []),
  ];
  return `${comment(row.summary, '', notes.join(' '))}${name.split('.').at(-1)}: ${signature(name, row)};`;
};

const alias = (name: string, to: string, inverted: boolean): string => {
  const row = rows[to] as Method;
  const answer = result(to, row);
  const type = inverted ? `(on: boolean, callback?: Callback<${answer}>) => Promise<${answer}>` : signature(to, row);
  const note = `@deprecated An old name of \`${to}\`${inverted ? ', with the opposite boolean' : ''}.`;
  return `${comment(note)}${name.split('.').at(-1)}: ${type};`;
};

const methods = (belongs: (name: string) => boolean): string =>
  [
    ...Object.entries(rows)
      .filter(([name]) => belongs(name))
      .map(([name, row]) => method(name, row)),
    ...Object.entries(aliases)
      .filter(([name]) => belongs(name))
      .map(([name, { to, ...rest }]) => alias(name, to, 'inverted' in rest)),
  ].join('\n');

const events = (): string =>
  pageEvents
    .map(
      ([name, { summary, spec, payload }]) =>
        `${comment(`${summary} ${section(spec)}`)}${name}: ${text(payload, 'output')};`,
    )
    .join('\n');

/** The declarations of what is written by hand, as the compiler makes them, without their imports of one another. */
const declared = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'declarations-'));
  try {
    const root = process.cwd();
    const compilerOptions = {
      noEmit: false,
      declaration: true,
      emitDeclarationOnly: true,
      rootDir: root,
      outDir: folder,
    };
    const project = {
      extends: join(root, 'tsconfig.json'),
      compilerOptions: { ...compilerOptions, types: [] },
      include: [],
      files: written.map((path) => join(root, path)),
    };
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(project));
    execFileSync('node_modules/.bin/tsc', ['--project', folder], { stdio: 'inherit' });
    return written
      .map((path) => readFileSync(join(folder, path.replace(/ts$/, 'd.ts')), 'utf8'))
      .join('\n')
      .replace(/^import .*;\n|^export \{\};\n/gm, '')
      .replace(/declare const codes:[^;]*;\n*/, '')
      .replace(/\/\*\*(?:(?!\*\/).)*\*\/\nexport type ErrorCode =[^;]*;/s, codeUnion());
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const codeUnion = (): string =>
  `${comment('Every error that a caller can meet, as a stable string.')}export type ErrorCode =
${Object.entries(errorCodes)
  .map(([code, { meaning, remedy }]) => `${comment(`${meaning} ${remedy}`)}| '${code}'`)
  .join('\n')};`;

const format = (source: string): string =>
  execFileSync('node_modules/.bin/biome', ['format', '--stdin-file-path=host-sdk/api.d.ts'], {
    input: source,
    encoding: 'utf8',
  });

/**
 * The whole public interface of the host SDK as one declaration file that needs nothing else: what partners compile against,
 * and the committed report in which every change of the interface shows.
 */
export const declarations = (): string =>
  format(`${comment(
    'The public interface of @meetframe/host-sdk. Sections are those of the published specification,',
    `${specification}. Derived by \`npm run docs\`; do not edit.`,
  )}
${beans.map(({ schema, id, description, fields }) => `${comment(description)}export type ${id} = ${shape(schema, 'output', fields)};\n`).join('\n')}
${comment('State that the SDK mirrors, so that a page can read it at any time without a call.')}export type MirroredState = ${text(mirroredState, 'output')};

${comment(options.description)}export interface WidgetOptions ${shape(widgetOptions, 'input', options.fields)}

${comment('Methods that stand under `rtcPeer.meeting`.')}export interface MeetingMethods {
${methods((name) => name.startsWith('meeting.'))}
}

${comment('Methods that stand under `rtcPeer` itself.')}export interface PlatformMethods {
${methods((name) => !name.includes('.'))}
}

${comment('What each event carries.')}export interface RTCPeerEvents {
${events()}
}

${declared()}
${comment('Mounts the meeting; see {@link RTCPeerConstructor} for how, and the type of the same name for what then.')}export declare const RTCPeer: RTCPeerConstructor;
`);

export const declarationsPath = 'host-sdk/api.d.ts';

if (import.meta.main) writeFileSync(declarationsPath, declarations());
