import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../server-stub/src/testing/freePort.ts';
import { end, untilAnswered } from '../../../tools/children.mjs';
import { callbackAllow, type PartnerSecrets, registerPartners } from '../../../tools/partnerApps.mjs';

export type Platform = {
  /** Origin of the meeting platform. */
  platform: string;
  /** Origin of the partner's site, whose pages embed the platform's widget. */
  demo: string;
  /** Process id of the platform's server. */
  pid: number;
  /** Folder of its database and recordings. */
  data: string;
  stop(): Promise<void>;
};

/** How long the seat of a lost connection is kept, in milliseconds. */
export const grace = 10_000;

/** Starts the real platform with a fresh database, and the partner's site on another origin. */
export const startPlatform = async (
  settings: Record<string, string> = {},
  /** Secrets of the example OA and CRM, when the platform is to know them. */
  secrets?: PartnerSecrets,
): Promise<Platform> => {
  const data = mkdtempSync(join(tmpdir(), 'meetframe-e2e-'));
  const [port, demoPort, mediaPort] = [await freePort(), await freePort(), await freePort()];
  const platform = `http://localhost:${port}`;
  const demo = `http://127.0.0.1:${demoPort}`;
  const launch = (script: string, env: Record<string, string>): ChildProcess =>
    spawn(process.execPath, [script], { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } });
  const server = launch('server-stub/src/main.ts', {
    PORT: String(port),
    DATA_DIR: data,
    MEDIA_PORT: String(mediaPort),
    // Chromium needs no other address, and tests that break the network know the way to this one.
    MEDIA_LISTEN: '127.0.0.1',
    DEMO_ORIGINS: demo,
    GRACE_MS: String(grace),
    RECORD_ANNOUNCE: 'true',
    RECORD_NICE: '0',
    ...(secrets && { CALLBACK_ALLOW: callbackAllow }),
    ...settings,
  });
  await untilAnswered(`${platform}/healthz`, server);
  const partners =
    secrets && (await registerPartners({ origins: [demo], inside: demo, secrets, env: { DATA_DIR: data } }));
  const site = launch('examples/serve.ts', {
    DEMO_PORT: String(demoPort),
    DEMO_DATA: join(data, 'examples'),
    PLATFORM: platform,
    ...(secrets &&
      partners && {
        OA_APP_ID: 'oa',
        OA_APP_SECRET: secrets.oa,
        CRM_APP_ID: 'crm',
        CRM_APP_SECRET: secrets.crm,
        CRM_WEBHOOK_SECRET: partners.webhookSecret,
      }),
  });
  await untilAnswered(`${demo}/`, site);
  return {
    platform,
    demo,
    pid: server.pid ?? 0,
    data,
    async stop() {
      await Promise.all([end(server), end(site)]);
      rmSync(data, { recursive: true, force: true });
    },
  };
};

const childrenOf = (pid: number): number[] =>
  readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number);

const nameOf = (pid: number): string => readFileSync(`/proc/${pid}/comm`, 'utf8').trim();

/** Process ids of the media workers of a server. */
export const workersOf = (pid: number): number[] =>
  childrenOf(pid).filter((child) => nameOf(child).startsWith('mediasoup-worke'));

/** Process ids of all that a process has started, directly or not. */
export const allBelow = (pid: number): number[] => childrenOf(pid).flatMap((child) => [child, ...allBelow(child)]);
