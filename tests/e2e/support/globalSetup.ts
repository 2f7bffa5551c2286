import { randomBytes } from 'node:crypto';
import { startPlatform } from './platform.ts';

/** One platform and one partner's site for all tests, which find them in the environment. */
export default async (): Promise<() => Promise<void>> => {
  const relaySecret = 'what the relay and the platform share';
  const oaSecret = randomBytes(24).toString('base64url');
  const { platform, demo, pid, data, stop } = await startPlatform({ TURN_SECRET: relaySecret }, oaSecret);
  process.env.PLATFORM_ORIGIN = platform;
  process.env.PLATFORM_PID = String(pid);
  process.env.PLATFORM_DATA = data;
  process.env.DEMO_ORIGIN = demo;
  process.env.RELAY_SECRET = relaySecret;
  process.env.OA_SECRET = oaSecret;
  return stop;
};
