import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod';

const port = z.coerce.number().int().min(0).max(65535);
const milliseconds = z.coerce.number().int().min(0);
const flag = z.enum(['true', 'false', '1', '0']).transform((value) => value === 'true' || value === '1');
const origin = z.url().transform((value, context) => {
  const parsed = new URL(value);
  if (parsed.pathname !== '/' || parsed.search) context.addIssue('must be an origin, without a path');
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

/** Everything that the environment can set; the names are those of the variables. */
const schema = z
  .object({
    NODE_ENV: z.string().default('development'),
    PORT: port.default(8080),
    HOST: z.string().default('127.0.0.1'),
    PUBLIC_ORIGIN: origin.optional(),
    /** True behind a reverse proxy that sets X-Forwarded-For. */
    TRUST_PROXY: flag.default(false),
    DATA_DIR: z.string().default('./data'),
    /** The built widget and SDK. */
    DIST_DIR: z.string().optional(),
    MEDIA_PORT: port.default(40000),
    MEDIA_LISTEN: z.string().default('127.0.0.1'),
    MEDIA_ANNOUNCED: z.string().optional(),
    MEDIA_WORKERS: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
    SIGN_SECRET: z.string().min(16).optional(),
    SIGN_TTL: z.coerce.number().int().min(1).default(7200),
    GRACE_MS: milliseconds.default(30_000),
    HELLO_TIMEOUT_MS: milliseconds.default(10_000),
    TEMP_ROOM_MS: milliseconds.default(30 * 60_000),
    TURN_SECRET: z.string().min(1).optional(),
    DEMO: flag.optional(),
    DEMO_ORIGINS: origins.default(['http://127.0.0.1:8081', 'http://localhost:8081']),
    LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  })
  .superRefine((value, context) => {
    if (['0.0.0.0', '::'].includes(value.MEDIA_LISTEN) && !value.MEDIA_ANNOUNCED) {
      context.addIssue({
        code: 'custom',
        path: ['MEDIA_ANNOUNCED'],
        message: `must be set with MEDIA_LISTEN=${value.MEDIA_LISTEN}: browsers need an address to send to`,
      });
    }
  })
  .transform((value) => ({
    ...value,
    PUBLIC_ORIGIN: value.PUBLIC_ORIGIN ?? (value.PORT ? `http://localhost:${value.PORT}` : ''),
    DEMO: value.DEMO ?? value.NODE_ENV !== 'production',
    DATA_DIR: resolve(value.DATA_DIR),
    DIST_DIR: resolve(value.DIST_DIR ?? join(import.meta.dirname, '../../dist')),
    SIGN_SECRET: value.SIGN_SECRET ?? keptSecret(resolve(value.DATA_DIR)),
  }));

export type Config = z.output<typeof schema>;

/** The secret that signs are made with; made once and kept beside the data. */
function keptSecret(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'sign-secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8').trim();
}

export const parseConfig = (environment: Record<string, string | undefined>): Config => {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The configuration is wrong:\n${lines.join('\n')}`);
};
