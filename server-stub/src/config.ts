import { isIP } from 'node:net';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { recordLayout } from '@meetframe/contract/meeting/record';
import { wire } from '@meetframe/contract/wire';
import * as z from 'zod';
import { isRelay, parseNetwork } from './addresses.ts';
import { keptSecret } from './dataFolder.ts';
import { flag } from './flag.ts';
import { checkMail, mailSettings } from './mailSettings.ts';
import { checkTranscription, transcriptionSettings } from './transcriptionSettings.ts';

const port = z.coerce.number().int().min(0).max(65535);
const milliseconds = z.coerce.number().int().min(0);
const origin = z.url().transform((value, context) => {
  const parsed = new URL(value);
  if (!/^https?:$/.test(parsed.protocol)) context.addIssue('must begin with https:// or http://');
  else if (parsed.pathname !== '/' || parsed.search) context.addIssue('must be an origin, without a path');
  return parsed.origin;
});
const origins = z
  .string()
  .transform((value) =>
    value
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean),
  )
  .pipe(z.array(origin));

const addresses = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string().refine((value) => isIP(value) !== 0, 'must be addresses of this machine, without ports')));

const networks = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .pipe(
    z.array(
      z
        .string()
        .refine((value) => parseNetwork(value) !== undefined, 'must be addresses or networks such as 10.2.0.0/16'),
    ),
  );

const relays = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .pipe(z.array(z.string().refine(isRelay, 'must be addresses such as turn.example.com:3478')));

/** The message must not contain the value, which holds a password. */
const databaseUrl = z.string().refine((value) => {
  const { protocol, pathname } = URL.parse(value) ?? {};
  return /^postgres(ql)?:$/.test(protocol ?? '') && (pathname?.length ?? 0) > 1;
}, 'must be postgres://user:password@host:port/database');

/** The address of the platform for browsers on this machine, used when PUBLIC_ORIGIN is not set. */
export const ownOrigin = (host: string, port: number): string => {
  const isHere = ['127.0.0.1', '::1', '0.0.0.0', '::'].includes(host);
  const name = isHere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return URL.parse(`http://${name}:${port}`)?.origin ?? `http://localhost:${port}`;
};

/** All environment variables that configure the server. */
const schema = z
  .object({
    NODE_ENV: z.string().default('development'),
    PORT: port.default(8080),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_ORIGIN: origin.optional(),
    /** Names under which the platform answers besides that of PUBLIC_ORIGIN, separated by commas. */
    ALLOWED_HOSTS: z
      .string()
      .default('')
      .transform((value) =>
        value
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean),
      ),
    /** True behind a reverse proxy that sets X-Forwarded-For. */
    TRUST_PROXY: flag.default(false),
    DATA_DIR: z.string().default('./data'),
    /** PostgreSQL instead of the SQLite file in DATA_DIR. */
    DATABASE_URL: databaseUrl.optional(),
    /** How many connections to PostgreSQL this node opens at most. */
    DATABASE_POOL: z.coerce.number().int().min(1).max(500).default(10),
    /** How long a statement may take on PostgreSQL; a lost connection is detected after one and a half times as long. */
    DATABASE_TIMEOUT_MS: z.coerce.number().int().min(100).default(30_000),
    /** The built widget and SDK. */
    DIST_DIR: z.string().optional(),
    MEDIA_PORT: port.default(40000),
    /** Addresses on which media listens. Without one: the loopback address and the machine's own. */
    MEDIA_LISTEN: addresses.default([]),
    MEDIA_ANNOUNCED: z.string().optional(),
    /** How long the start waits for a media port that is in use, for example by a worker of a killed server. */
    MEDIA_PORT_WAIT_MS: milliseconds.default(10_000),
    MEDIA_WORKERS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
    SIGN_SECRET: z.string().min(16).optional(),
    SIGN_TTL: z.coerce.number().int().min(1).default(7200),
    /** How long a session lasts without being used, and at most. */
    SESSION_IDLE_MS: milliseconds.min(1000).default(7 * 24 * 3600_000),
    SESSION_MAX_MS: milliseconds.min(1000).default(30 * 24 * 3600_000),
    /** Internal addresses and networks to which call-backs of partners may connect; all other internal ones are refused. */
    CALLBACK_ALLOW: networks.default([]),
    /** Origins of avatars and logos besides this platform and the pages of the app. Any other origin would learn who sees the images. */
    PICTURE_ORIGINS: origins.default([]),
    /** How long files of a build of the widget are still served after the last start with it, for tabs that are open; 0: not at all. */
    ASSETS_KEPT_MS: milliseconds.default(14 * 24 * 3600_000),
    GRACE_MS: milliseconds.default(wire.grace),
    /** How long a client may take to send a request over HTTP. */
    REQUEST_TIMEOUT_MS: milliseconds.min(100).default(20_000),
    HELLO_TIMEOUT_MS: milliseconds.default(wire.helloWithin),
    TEMP_ROOM_MS: milliseconds.default(30 * 60_000),
    /** How long the chat of an ended meeting is kept. */
    CHAT_KEEP_MS: milliseconds.default(30 * 24 * 3600_000),
    /** How many MB a file in the chat may have; 0: no files. */
    CHAT_FILE_MB: z.coerce.number().min(0).max(2000).default(50),
    /** How many MB all files in the chat may have: of one participant in a meeting, of one meeting, of the meetings of a company, of the platform. */
    CHAT_FILES_SENDER_MB: z.coerce.number().min(0).default(200),
    CHAT_FILES_MEETING_MB: z.coerce.number().min(0).default(1000),
    CHAT_FILES_COMPANY_MB: z.coerce.number().min(0).default(20_000),
    CHAT_FILES_MB: z.coerce.number().min(0).default(100_000),
    /** How many rooms and appointments a user (or an app from one address) may create in a minute. */
    MAKING_PER_MINUTE: z.coerce.number().int().min(1).default(300),
    /** How many seats guests of one network may hold in a room of ten and more, in per cent. */
    GUEST_SHARE: z.coerce.number().int().min(1).max(100).default(80),
    /** How many users the pages of an app that trusts them may create in an hour from one network. */
    MADE_UP_PER_HOUR: z.coerce.number().int().min(1).default(100),
    /**
     * How many different rooms and appointments a network, or a user whom an administrator made, may look up by number in an hour
     * without being invited to them.
     */
    LOOKUPS_PER_HOUR: z.coerce.number().int().min(1).default(100),
    /** How long before its start the room of an appointment opens. */
    OPEN_BEFORE_MS: milliseconds.default(15 * 60_000),
    /** How long a call rings unless the caller gives another time. */
    CALL_RING_MS: milliseconds.default(60_000),
    /** How long a signed address of a recording is valid at least. */
    RECORD_LINK_MS: milliseconds.default(6 * 3600_000),
    /** How long after its last part a recording that a browser uploads is ended. */
    RECORD_IDLE_MS: milliseconds.min(1000).default(30 * 60_000),
    /** Folder of recordings; inside the data folder unless given. */
    RECORDS_DIR: z.string().optional(),
    /** How many cameras of a meeting the server records at once; screens and audio always. */
    RECORD_VIDEOS: z.coerce.number().int().min(0).max(100).default(9),
    /** What the video of a recording shows unless `startRecord` names a layout. */
    RECORD_LAYOUT: z.enum(recordLayout.options).default('speaker'),
    /** True: the widget plays a voice announcement that the meeting is being recorded. */
    RECORD_ANNOUNCE: flag.default(false),
    /** Space on the disk that recordings leave free, in MB. */
    RECORD_LEAVE_FREE_MB: z.coerce.number().int().min(0).default(500),
    /** For how many days recordings are kept, and how many GB at most: then the oldest ones are deleted. Unless given, until a user deletes them. */
    RECORD_KEEP_DAYS: z.coerce.number().min(0).optional(),
    RECORD_KEEP_GB: z.coerce.number().min(0).optional(),
    /** Address of a bucket that speaks the protocol of Amazon S3, for the finished files; it needs the settings below, too. */
    RECORD_S3: z
      .url({ protocol: /^https?$/ })
      .refine((value) => !/[?#@]/.test(value), 'must be the address of the bucket alone')
      .optional(),
    RECORD_S3_REGION: z.string().min(1).default('us-east-1'),
    RECORD_S3_KEY: z.string().min(1).optional(),
    RECORD_S3_SECRET: z.string().min(1).optional(),
    /** The program that makes the files of recordings. */
    FFMPEG: z.string().min(1).default('ffmpeg'),
    /** Priority (nice value) of ffmpeg and of the process that runs it: 0 is that of the server, with 19 they use idle CPU time only. */
    RECORD_NICE: z.coerce.number().int().min(0).max(19).default(19),
    /** Name of this media node (2.30). */
    NODE_NAME: z.string().min(1).max(100).default('media-1'),
    ...transcriptionSettings,
    ...mailSettings,
    /** The secret that the platform and its TURN servers share. */
    TURN_SECRET: z.string().min(1).optional(),
    /** The TURN servers for which the platform gives credentials, separated by commas. */
    TURN_SERVERS: relays.default([]),
    /** How many seconds credentials for a TURN server hold; clients renew them while in use. */
    TURN_TTL: z.coerce.number().int().min(10).max(86_400).default(600),
    /** A request with this token (`Authorization: Bearer …`) may read /metrics. Without a token only this machine may, and not through a proxy. */
    METRICS_TOKEN: z.string().min(16).optional(),
    DEMO: flag.optional(),
    DEMO_ORIGINS: origins.default(['http://127.0.0.1:8081', 'http://localhost:8081']),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .superRefine((value, context) => {
    checkTranscription(value, context);
    checkMail(value, context);
    if (value.RECORD_S3)
      for (const name of ['RECORD_S3_KEY', 'RECORD_S3_SECRET'] as const)
        if (!value[name]) context.addIssue({ code: 'custom', path: [name], message: 'must be set with RECORD_S3' });
    const any = value.MEDIA_LISTEN.find((address) => ['0.0.0.0', '::'].includes(address));
    const say = (message: string) => context.addIssue({ code: 'custom', path: ['MEDIA_ANNOUNCED'], message });
    if (any && !value.MEDIA_ANNOUNCED) say(`must be set with MEDIA_LISTEN=${any}: browsers need an address to send to`);
    if (value.MEDIA_ANNOUNCED && value.MEDIA_LISTEN.length > 1) say('stands for one address in MEDIA_LISTEN');
  })
  .transform((value) => ({
    ...value,
    PUBLIC_ORIGIN: value.PUBLIC_ORIGIN ?? (value.PORT ? ownOrigin(value.HOST, value.PORT) : ''),
    DEMO: value.DEMO ?? value.NODE_ENV !== 'production',
    DATA_DIR: resolve(value.DATA_DIR),
    RECORDS_DIR: resolve(value.RECORDS_DIR ?? join(value.DATA_DIR, 'records')),
    DIST_DIR: resolve(value.DIST_DIR ?? join(import.meta.dirname, '../../dist')),
    SIGN_SECRET: value.SIGN_SECRET ?? keptSecret(resolve(value.DATA_DIR)),
  }));

export type Config = z.output<typeof schema>;

export const parseConfig = (environment: Record<string, string | undefined>): Config => {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is wrong:\n${lines.join('\n')}`);
};
