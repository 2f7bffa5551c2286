import { protocol } from '@meetframe/contract/version';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { startTestServer, type TestClient, type TestServer } from './harness.ts';
import { makeWorld, type World } from './world.ts';

/** Of the file, once `inWorld` was called. */
export let server: TestServer;
export let world: World;
let opened: TestClient[] = [];

/** One server with everybody whom calls can come from, for a file of tests. What a test opens and makes goes with it. */
export const inWorld = (): void => {
  beforeAll(async () => {
    server = await startTestServer();
    world = await makeWorld(server);
  });
  afterEach(async () => {
    for (const client of opened) client.ws.close(1000);
    opened = [];
    await world.clear();
  });
  afterAll(() => server.close());
};

/** A socket that closes with the test. */
export const open = async (): Promise<TestClient> => {
  const client = await server.connect();
  opened.push(client);
  return client;
};

export type Credentials = { SID?: string | undefined; sign?: string | undefined };
/** The same, after `session.hello`. */
export const connect = async (credentials: Credentials): Promise<TestClient> => {
  const client = await open();
  client.hello = await client.call('session.hello', { protocol, ...credentials });
  return client;
};
