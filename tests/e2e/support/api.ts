// biome-ignore-all lint/suspicious/noExplicitAny: what any method answers; each test looks into it.
import type { RTCPeer } from '@meetframe/host-sdk';
import type { Page } from '@playwright/test';

type Outcome = { value?: any; code?: string; message?: string };

/** Calls a method of the page's `rtcPeer` by its dotted name; what it resolves or rejects with comes back as a value. */
export const call = (page: Page, name: string, ...args: unknown[]): Promise<Outcome> =>
  page.evaluate(
    async ([path, given]) => {
      const { rtcPeer } = window as never as { rtcPeer: Record<string, unknown> };
      const [first = '', second] = path.split('.');
      const owner = (second ? rtcPeer[first] : rtcPeer) as Record<string, (...values: unknown[]) => unknown>;
      try {
        const value = (await owner[second ?? first]?.(...given)) as { code?: string; message?: string } | undefined;
        // A call that failed resolves with the `result` of its section, where there is one, and says why.
        return typeof value?.code === 'string' ? { value, code: value.code, message: value.message } : { value };
      } catch (error) {
        const { code, message } = error as { code: string; message: string };
        return { code, message };
      }
    },
    [name, args] as const,
  );

/** The same, for a call that must not fail. */
export const must = async (page: Page, name: string, ...args: unknown[]): Promise<any> => {
  const { value, code, message } = await call(page, name, ...args);
  if (code || message) throw new Error(`${name}: ${code} ${message}`);
  return value;
};

export const state = (page: Page): Promise<RTCPeer['state']> =>
  page.evaluate(() => (window as never as { rtcPeer: RTCPeer }).rtcPeer.state);

/** From now on the page keeps what it hears; `heard` reads it. */
export const listen = (page: Page, name: string): Promise<void> =>
  page.evaluate((event) => {
    const own = window as never as { rtcPeer: RTCPeer; heard?: Record<string, unknown[]> };
    own.heard ??= {};
    const list: unknown[] = [];
    own.heard[event] = list;
    own.rtcPeer.on(event, (payload: never) => list.push(payload));
  }, name);

export const heard = (page: Page, name: string): Promise<any[]> =>
  page.evaluate((event) => (window as never as { heard: Record<string, unknown[]> }).heard[event] ?? [], name);

/** Logs in with a demo account, which makes a room of its own for one test. */
export const roomFor = async (page: Page, numberLimit = 10): Promise<number> => {
  const { company } = await must(page, 'login', { name: 'alice', password: 'demo' });
  const made = await must(page, 'newTempRoom', { name: 'Own', orgId: company.id, numberLimit, isPublic: true });
  return made.roomId;
};
