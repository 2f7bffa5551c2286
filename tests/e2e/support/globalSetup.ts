import { randomBytes } from 'node:crypto';
import type { FullConfig } from '@playwright/test';
import { freePort } from '../../../server-stub/src/testing/freePort.ts';
import { startPlatform } from './platform.ts';

/** One platform and one partner's site for each worker: tests that run at the same time do not meet. `playwright.config.ts` hands them on. */
export default async ({ workers }: FullConfig): Promise<() => Promise<void>> => {
  const relaySecret = 'what the relay and the platform share';
  const secrets = { oa: randomBytes(24).toString('base64url'), crm: randomBytes(24).toString('base64url') };
  const relayPort = String(await freePort());
  const relay = { TURN_SECRET: relaySecret, TURN_SERVERS: `127.0.0.1:${relayPort}` };
  const settings = {
    ...relay,
    TRANSCRIBE_ENGINE: 'pocketsphinx',
    TRANSCRIBE_LANGUAGE: 'en',
    TRANSCRIBE_ANSWER_MS: '60000',
  };
  const started = await Promise.all(Array.from({ length: workers }, () => startPlatform(settings, secrets)));
  for (const [index, { platform, demo, pid, data }] of started.entries())
    process.env[`PLATFORM_OF_WORKER_${index}`] = JSON.stringify({
      PLATFORM_ORIGIN: platform,
      PLATFORM_PID: String(pid),
      PLATFORM_DATA: data,
      DEMO_ORIGIN: demo,
      RELAY_SECRET: relaySecret,
      RELAY_PORT: relayPort,
      OA_SECRET: secrets.oa,
      CRM_SECRET: secrets.crm,
    });
  return async () => {
    await Promise.all(started.map(({ stop }) => stop()));
  };
};
