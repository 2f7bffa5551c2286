import { protocol } from '@meetframe/contract/version';
import { TestClient } from '../../server-stub/src/testing/harness.ts';
import { makeTempRoom } from './tempRoom.ts';

/** So many sockets on a server that runs the demo, and a room for as many people, which they have not entered yet. */
export const gather = async (origin: string, people: number): Promise<{ roomId: number; clients: TestClient[] }> => {
  const sign = (await (await fetch(`${origin}/app/getSign?appId=demo&secret=demo-secret`)).json()) as { data: string };
  const roomId = await makeTempRoom(origin, sign.data, people);
  const clients = await Promise.all(
    Array.from({ length: people }, async () => {
      const client = await TestClient.open(origin);
      client.hello = await client.call('session.hello', { protocol });
      return client;
    }),
  );
  return { roomId, clients };
};
