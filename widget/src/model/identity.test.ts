import { RTCPeerError } from '@meetframe/contract';
import { beforeEach, describe, expect, test } from 'vitest';
import { createClient } from '../platform/client.ts';
import { Identity, type SignOn } from './identity.ts';

type Sent = { id: number; module: string; method: string; SID?: string };

/** A platform at the other end of a WebSocket, which knows one session id. */
class Platform {
  static hellos: (string | undefined)[] = [];
  static valid: string | undefined = 'good';
  static last: Platform | undefined;
  readyState = 1;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  constructor() {
    Platform.last = this;
    queueMicrotask(() => this.onopen?.());
  }
  send(text: string): void {
    const { id, method, SID } = JSON.parse(text) as Sent;
    const answer = (fields: object) =>
      queueMicrotask(() => this.onmessage?.({ data: JSON.stringify({ id, module: 'session', method, ...fields }) }));
    if (method !== 'hello') {
      answer({ serverTime: 0, signExpiresAt: null });
      return;
    }
    Platform.hellos.push(SID);
    if (SID !== undefined && SID !== Platform.valid) {
      answer({ error: new RTCPeerError('UNAUTHENTICATED', 'unknown').toJSON() });
      return;
    }
    answer({
      resumed: false,
      missed: 'snapshot',
      resumeToken: `token ${Platform.hellos.length}`,
      seq: 0,
      serverTime: Date.now(),
      signExpiresAt: null,
      user: SID ? { id: 7, account: 'alice', name: 'Alice' } : null,
      company: null,
    });
  }
  close(): void {}
}

const setUp = () => {
  const kept: (SignOn | undefined)[] = [];
  const client = createClient({ url: 'ws://platform', WebSocket: Platform as never });
  const session = new Identity({
    client,
    emit: () => {},
    beforeLogout: async () => {},
    keepSignOn: (signOn) => kept.push(signOn),
  });
  const pinged = () => client.call('session.ping', {});
  return { client, session, kept, pinged };
};

beforeEach(() => {
  Platform.hellos = [];
  Platform.valid = 'good';
});

describe('[7.1] signing on by the address', () => {
  test.each([undefined, '7', 'alice'])('a valid session id signs its user on (uid %s)', async (uid) => {
    const { client, session, kept, pinged } = setUp();
    session.signOn({ SID: 'good', uid });
    await pinged();
    expect(session.user.value?.name).toBe('Alice');
    expect(session.signOnRefused.value).toBe(false);
    expect(kept).toEqual([{ SID: 'good', uid }]);
    client.close();
  });

  test('with an invalid one the user is a guest and is told so', async () => {
    const { client, session, kept, pinged } = setUp();
    session.signOn({ SID: 'expired', uid: undefined });
    await pinged();
    expect(Platform.hellos).toEqual(['expired', undefined]);
    expect(session.user.value).toBeNull();
    expect(session.signOnRefused.value).toBe(true);
    expect(session.failure.value).toBeUndefined();
    expect(session.connection.value).toBe('connected');
    expect(kept.at(-1)).toBeUndefined();
    client.close();
  });

  test('one that belongs to another user than the link names is not used', async () => {
    const { client, session, pinged } = setUp();
    session.signOn({ SID: 'good', uid: '8' });
    await pinged();
    expect(session.user.value).toBeNull();
    expect(session.signOnRefused.value).toBe(true);
    await expect.poll(() => Platform.hellos).toEqual(['good', undefined]);
    await pinged();
    expect(session.user.value).toBeNull();
    client.close();
  });

  test('when it ends while the connection is lost, the user is a guest too', async () => {
    const { client, session, pinged } = setUp();
    session.signOn({ SID: 'good', uid: '7' });
    await pinged();
    Platform.valid = undefined;
    Platform.last?.onclose?.();
    await expect.poll(() => Platform.hellos).toEqual(['good', 'good', undefined]);
    await expect.poll(() => session.user.value).toBeNull();
    expect(session.signOnRefused.value).toBe(true);
    client.close();
  });

  test('a refused sign of an embedding page is not taken for an invalid session id', async () => {
    const { client, session } = setUp();
    client.identify({ SID: 'expired' });
    client.start();
    await expect.poll(() => session.connection.value).toBe('failed');
    expect(session.failure.value?.code).toBe('UNAUTHENTICATED');
    expect(session.signOnRefused.value).toBe(false);
    client.close();
  });
});
