import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { protocol } from '@meetframe/contract/version';
import { expect } from 'vitest';
import { type Json, TestClient, type TestServer } from './harness.ts';
import { joinWithMedia } from './mediaClient.ts';
import type { ServerProcess } from './process.ts';
import { callerOn } from './ways.ts';

const post = async (origin: string, module: string, body: Json): Promise<Json> => {
  const headers = { 'content-type': 'application/json' };
  return (await (
    await fetch(`${origin}/app/${module}`, { method: 'POST', headers, body: JSON.stringify(body) })
  ).json()) as Json;
};
/** Signs in on a server, and gives what a moderator and a reader of records need. */
export const recorderOn = async (server: ServerProcess) => {
  const origin = await server.origin;
  const { SID } = await post(origin, 'account', { method: 'login', name: 'admin', password: 'demo' });
  const client = async (hello: Json): Promise<TestClient> => {
    const opened = await TestClient.open(origin);
    opened.hello = await opened.call('session.hello', { protocol, ...hello });
    return opened;
  };
  return {
    join: (roomId = 1014) => joinWithMedia({ client }, 'Moderator', { roomId, SID }),
    row: async (recordId: number): Promise<Json> => {
      const asked = { method: 'getRecordByRange', SID, orgId: 2, pageNo: 0, pageSize: 100 };
      return (await post(origin, 'record', asked)).recordList.find(({ id }: Json) => id === recordId);
    },
    remove: (recordId: number) => post(origin, 'record', { method: 'deleteRecords', SID, recordIds: [recordId] }),
  };
};

/** Enters as the moderator of a room, with media. */
export const moderatorOn = async (server: TestServer) =>
  joinWithMedia(server, 'Moderator', { roomId: 1014, SID: await server.login('admin') });

/** A recording as 2.31 lists it. */
export const recordOn = async (server: TestServer, recordId: number): Promise<Json> => {
  const admin = await callerOn(server, 'JSON', { account: 'admin' });
  const { recordList } = await admin('record.getRecordByRange', { orgId: 2, pageNo: 0, pageSize: 100 });
  return recordList.find(({ id }: Json) => id === recordId);
};

/** Children of a process that run a given program. */
export const childrenOf = (parent: number, program: string): number[] =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        const state = readFileSync(`/proc/${pid}/stat`, 'utf8')
          .replace(/^.*\) /s, '')
          .split(' ');
        return Number(state[1]) === parent && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(program);
      } catch {
        return false;
      }
    });
const died = (pid: number): boolean => {
  try {
    process.kill(pid, 'SIGKILL');
    return true;
  } catch {
    return false;
  }
};
/** Kills the first child that runs the program; one that is in vain, because it has just ended, is followed by another. */
export const killChild = async (parent: number, program: string): Promise<number> => {
  for (const until = Date.now() + 30_000; Date.now() < until; await sleep(5)) {
    const pid = childrenOf(parent, program).find(died);
    if (pid !== undefined) return pid;
  }
  return expect.unreachable(`${program} never ran`);
};
