import { afterAll, afterEach, beforeAll, beforeEach } from 'vitest';
import { type Json, startTestServer, type TestClient, type TestServer } from './harness.ts';

/** The server of the file, and the room of the test, once `inRooms` was called. */
export let server: TestServer;
export let roomId: number;

let hasMedia = false;

/** One server for a file of tests, and a room of its own for each test. `media`: whoever enters can send and receive media. */
export const inRooms = ({ media = false } = {}): void => {
  hasMedia = media;
  beforeAll(async () => {
    server = await startTestServer();
  });
  beforeEach(async () => {
    roomId = await server.room();
  });
  afterEach(() => server.dismiss());
  afterAll(() => server.close());
};

/** The rest of the test takes place in that room. */
export const goTo = (id: number): void => {
  roomId = id;
};

/** A participant with a hand-written client, which ignores what the server merely asks for. */
export type Someone = { client: TestClient; id: number; entered: Json };

export const enter = async (client: TestClient, more: Json = {}): Promise<Someone> => {
  const { rtpCapabilities } = client.hello;
  const entered = await client.call('meeting.enter', { roomId, ...(hasMedia && { rtpCapabilities }), ...more });
  return { client, id: entered.client.id, entered };
};
export const guest = async (username: string, more: Json = {}): Promise<Someone> =>
  enter(await server.client(), { username, ...more });
export const member = async (account: string, more: Json = {}): Promise<Someone> =>
  enter(await server.client({ SID: await server.login(account) }), more);
/** A guest who can send and receive media. */
export const withMedia = async (username: string): Promise<Someone> => {
  const client = await server.client();
  return enter(client, { username, rtpCapabilities: client.hello.rtpCapabilities });
};
