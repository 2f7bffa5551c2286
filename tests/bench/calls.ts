import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { protocol } from '@meetframe/contract/version';
import { WebSocket } from 'ws';
import { newUser } from '../../server-stub/src/store/newUser.ts';
import { openStore } from '../../server-stub/src/store/store.ts';
import { freePort } from '../../server-stub/src/testing/freePort.ts';
import type { Json } from '../../server-stub/src/testing/harness.ts';
import { end, untilAnswered } from '../../tools/children.mjs';

/**
 * What it costs to hold many sockets of users who can be called, how many calls a server sets up, and how long the steps of a call take;
 * beside a bare echo of the same WebSocket library. Clients run in this process, which is not counted.
 */
const sockets = Number(process.env.BENCH_SOCKETS ?? 10_000);
/** How many connect at the same moment. */
const atOnce = 50;
/** How often a client sends `session.ping`, as the widget does, in milliseconds. */
const pingEvery = 10_000;
const measured = 20_000;
const calls = Math.min(2000, Math.floor(sockets / 2));
const callsAtOnce = 16;

/** Resident memory in bytes, and processor time in milliseconds, of a process. */
const usage = (pid: number): { memory: number; cpu: number } => {
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return { memory: Number(kilobytes) * 1024, cpu: (Number(fields[11]) + Number(fields[12])) * 10 };
};
const quantile = (values: readonly number[], share: number): string => {
  const sorted = [...values].sort((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);
};
const spread = (values: readonly number[]): string => `${quantile(values, 0.5)} ms, p95 ${quantile(values, 0.95)} ms`;

/** Does something for 0 … count - 1, several at once. */
const forEach = async (count: number, several: number, work: (n: number) => Promise<void>): Promise<void> => {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: several }, worker));
};

/** A client as small as it can be: 10,000 of them share this process with nothing else to measure. */
class Client {
  readonly ws: WebSocket;
  readonly #waiting = new Map<string, (message: Json) => void>();
  #id = 0;

  constructor(url: string, address: string) {
    this.ws = new WebSocket(url, { headers: { 'x-forwarded-for': address }, perMessageDeflate: false });
    this.ws.on('message', (data) => {
      const message = JSON.parse(String(data)) as Json;
      const key = message.seq === undefined || message.method === 'hello' ? `${message.id}` : message.method;
      this.#waiting.get(key)?.(message);
      this.#waiting.delete(key);
    });
  }

  /** The next event with this name, to come. */
  event(name: string): Promise<Json> {
    return new Promise((done) => this.#waiting.set(name, done));
  }

  async call(module: string, method: string, input: Json = {}): Promise<Json> {
    const id = `${++this.#id}`;
    const answer = new Promise<Json>((done) => this.#waiting.set(id, done));
    this.ws.send(JSON.stringify({ id, module, method, ...input }));
    const { error, ...rest } = await answer;
    if (error) throw new Error(`${module}.${method}: ${error.code} ${error.message}`);
    return rest;
  }

  echo(): void {
    this.ws.send('{"module":"session","method":"ping"}');
  }
}

/** An address for each client: limits are counted by address. */
const addressOf = (n: number): string => `100.${64 + (n >> 16)}.${(n >> 8) & 255}.${n & 255}`;

type Report = { memory: number; silent: number; pinging: number };

const hold = async (
  pid: number,
  open: (n: number) => Promise<Client>,
): Promise<{ clients: Client[]; report: Report }> => {
  const before = usage(pid).memory;
  const clients: Client[] = [];
  await forEach(sockets, atOnce, async (n) => {
    clients[n] = await open(n);
  });
  await wait(3000);
  const memory = (usage(pid).memory - before) / sockets;
  const cpuOf = async (during: () => Promise<unknown>): Promise<number> => {
    const { cpu } = usage(pid);
    await during();
    return ((usage(pid).cpu - cpu) / measured) * 100;
  };
  const silent = await cpuOf(() => wait(measured));
  const pinging = await cpuOf(async () => {
    const step = 20;
    let sent = 0;
    const began = performance.now();
    while (performance.now() - began < measured) {
      const due = ((performance.now() - began) / pingEvery) * sockets;
      for (; sent < due; sent++) clients[sent % sockets]?.echo();
      await wait(step);
    }
  });
  return { clients, report: { memory, silent, pinging } };
};

const show = (name: string, { memory, silent, pinging }: Report): void =>
  console.log(
    `  ${name}: ${(memory / 1024).toFixed(1)} KiB a socket; ${silent.toFixed(1)} % of a core silent, ${pinging.toFixed(1)} % with a message of each every ${pingEvery / 1000} s`,
  );

const closeAll = async (clients: readonly Client[]): Promise<void> => {
  for (const { ws } of clients) ws.terminate();
  await wait(1000);
};

const echoes = async (): Promise<void> => {
  const port = await freePort();
  const child = spawn(process.execPath, ['tests/bench/echo.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PORT: String(port) },
  });
  await untilAnswered(`http://127.0.0.1:${port}/`, child);
  const { clients, report } = await hold(child.pid as number, async (n) => {
    const client = new Client(`ws://127.0.0.1:${port}/`, addressOf(n));
    await once(client.ws, 'open');
    return client;
  });
  show('bare echo', report);
  const [one] = clients as [Client];
  const times: number[] = [];
  for (let n = 0; n < 500; n++) {
    const at = performance.now();
    one.echo();
    await once(one.ws, 'message');
    times.push(performance.now() - at);
  }
  console.log(`  bare echo, there and back: ${spread(times)}`);
  await closeAll(clients);
  await end(child);
};

/** Users with sessions, written into the database of the server. */
const makeUsers = async (folder: string): Promise<{ id: number; SID: string }[]> => {
  const store = await openStore({ DATA_DIR: folder });
  const { companyId } = await store.selectFrom('app').select('companyId').executeTakeFirstOrThrow();
  const users: { id: number; SID: string }[] = [];
  for (let from = 0; from < sockets; from += 500) {
    const rows = Array.from({ length: Math.min(500, sockets - from) }, (_, n) =>
      newUser({ account: `bench ${from + n}`, name: `Bench ${from + n}`, role: 'user', companyId }),
    );
    const made = await store.insertInto('user').values(rows).returning(['id', 'account']).execute();
    users.push(...made.map(({ id, account }) => ({ id, SID: `SID of ${account}` })));
  }
  const now = Date.now();
  for (let from = 0; from < sockets; from += 500)
    await store
      .insertInto('session')
      .values(
        users.slice(from, from + 500).map(({ id, SID }) => ({
          hash: createHash('sha256').update(SID).digest('hex'),
          userId: id,
          createdAt: now,
          lastSeenAt: now,
          expiresAt: now + 3600_000,
          ip: '127.0.0.1',
          device: 'bench',
        })),
      )
      .execute();
  await store.destroy();
  return users;
};

const startServer = async (folder: string): Promise<{ child: ChildProcess; port: number }> => {
  const port = await freePort();
  const child = spawn(process.execPath, ['server-stub/src/main.ts'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      DEMO: 'true',
      TRUST_PROXY: 'true',
      PORT: String(port),
      DATA_DIR: folder,
      MEDIA_PORT: String(await freePort()),
      MEDIA_WORKERS: '1',
      LOG_LEVEL: 'error',
    },
  });
  await untilAnswered(`http://localhost:${port}/healthz`, child);
  return { child, port };
};

/** Sets calls up, from `call` to the answer, and withdraws them. */
const setUp = async (clients: readonly Client[], users: readonly { id: number }[]): Promise<void> => {
  const times: Record<'invited' | 'rang' | 'agreed' | 'whole', number[]> = {
    invited: [],
    rang: [],
    agreed: [],
    whole: [],
  };
  const one = async (n: number): Promise<void> => {
    const [caller, callee] = [clients[2 * n], clients[2 * n + 1]] as [Client, Client];
    const [own, target] = [users[2 * n]?.id, users[2 * n + 1]?.id];
    const began = performance.now();
    const invited = callee.event('doInvite').then(() => times.invited.push(performance.now() - began));
    const rang = caller.event('doEvent');
    const called = caller.call('call', 'doInvite', { targetUserId: target });
    await invited;
    const ringing = performance.now();
    await callee.call('call', 'ring', { targetUserId: own });
    await rang;
    times.rang.push(performance.now() - ringing);
    await called;
    const answering = performance.now();
    const agreed = caller.event('doAgree').then(() => times.agreed.push(performance.now() - answering));
    await callee.call('call', 'doAgree', { targetUserId: own });
    await agreed;
    times.whole.push(performance.now() - began);
    await caller.call('call', 'cancel', { targetUserId: target });
  };
  const alone = Math.min(100, Math.floor(calls / 4));
  for (let n = 0; n < alone; n++) await one(n);
  console.log(`  one call at a time: call → doInvite ${spread(times.invited)}`);
  console.log(`    ring → onRinging ${spread(times.rang)}; agree → doAgree ${spread(times.agreed)}`);
  console.log(`    from call to doAgree ${spread(times.whole)}`);
  const began = performance.now();
  await forEach(calls - alone, callsAtOnce, (n) => one(alone + n));
  const perSecond = ((calls - alone) / (performance.now() - began)) * 1000;
  console.log(
    `  ${callsAtOnce} at once: ${perSecond.toFixed(0)} calls a second, each invited, rung, answered and hung up`,
  );
};

export const callCosts = async (): Promise<void> => {
  await echoes();
  const folder = mkdtempSync(join(tmpdir(), 'meetframe-bench-'));
  const { child, port } = await startServer(folder);
  try {
    const users = await makeUsers(folder);
    const { clients, report } = await hold(child.pid as number, async (n) => {
      const client = new Client(`ws://127.0.0.1:${port}/app/socket`, addressOf(n));
      await once(client.ws, 'open');
      await client.call('session', 'hello', { protocol, SID: users[n]?.SID });
      await client.call('call', 'doRegister', {});
      return client;
    });
    show('registered for calls', report);
    await setUp(clients, users);
    await closeAll(clients);
  } finally {
    await end(child);
    rmSync(folder, { recursive: true, force: true });
  }
};
