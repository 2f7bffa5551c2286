import { describe, expect, test } from 'vitest';
import { fakePlatform } from '../platform/testing.ts';
import { Identity, type SignOn } from './identity.ts';

const setUp = () => {
  const kept: (SignOn | undefined)[] = [];
  const { client, ping, ...platform } = fakePlatform();
  const session = new Identity({
    client,
    emit: () => {},
    beforeLogout: async () => {},
    keepSignOn: (signOn) => kept.push(signOn),
  });
  return { client, session, kept, platform, pinged: ping };
};

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
    const { client, session, platform, kept, pinged } = setUp();
    session.signOn({ SID: 'expired', uid: undefined });
    await pinged();
    expect(platform.hellos).toEqual(['expired', undefined]);
    expect(session.user.value).toBeNull();
    expect(session.signOnRefused.value).toBe(true);
    expect(session.failure.value).toBeUndefined();
    expect(session.connection.value).toBe('connected');
    expect(kept.at(-1)).toBeUndefined();
    client.close();
  });

  test('one that belongs to another user than the link names is not used', async () => {
    const { client, session, platform, pinged } = setUp();
    session.signOn({ SID: 'good', uid: '8' });
    await pinged();
    expect(session.user.value).toBeNull();
    expect(session.signOnRefused.value).toBe(true);
    await expect.poll(() => platform.hellos).toEqual(['good', undefined]);
    await pinged();
    expect(session.user.value).toBeNull();
    client.close();
  });

  test('when it ends while the connection is lost, the user is a guest too', async () => {
    const { client, session, platform, pinged } = setUp();
    session.signOn({ SID: 'good', uid: '7' });
    await pinged();
    platform.valid.clear();
    platform.lose();
    await expect.poll(() => platform.hellos).toEqual(['good', 'good', undefined]);
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
