import { protocol } from '@meetframe/contract/version';
import { expect, test } from 'vitest';
import { demoApp } from '../store/demo.ts';
import { openStore } from '../store/store.ts';
import { freshDatabase } from '../testing/database.ts';
import { TestClient } from '../testing/harness.ts';
import { ServerProcess } from '../testing/process.ts';
import { startReceiver } from '../testing/receiver.ts';
import { makeWebhookRegistry } from './registry.ts';

test('[4.1] an event is delivered by the next server when one was killed before the receiver answered', async () => {
  const database = await freshDatabase();
  const receiver = await startReceiver();
  const start = () => new ServerProcess({ PORT: '0', MEDIA_PORT: '0', CALLBACK_ALLOW: '127.0.0.1' }, database);
  const first = start();
  const servers = [first];
  const store = await first.origin.then(() => openStore(database.settings as { DATA_DIR: string }));
  try {
    const origin = await first.origin;
    await makeWebhookRegistry(store).add({ appId: demoApp.appId, url: receiver.url, events: ['call.missed'] });
    const login = { method: 'login', name: 'alice', password: 'demo' };
    const headers = { 'content-type': 'application/json' };
    const logged = await fetch(`${origin}/app/account`, { method: 'POST', headers, body: JSON.stringify(login) });
    const { SID } = (await logged.json()) as { SID: string };
    const { id: targetUserId } = await store
      .selectFrom('user')
      .select('id')
      .where('account', '=', 'bob')
      .executeTakeFirstOrThrow();
    const alice = await TestClient.open(origin);
    await alice.call('session.hello', { protocol, SID });
    receiver.answerWith(() => undefined);
    const { callId } = await alice.call('call.doInvite', { targetUserId });
    const [lost] = await receiver.messages(1);
    first.signal('SIGKILL');
    await first.exited;
    receiver.answerWith(undefined);
    const second = start();
    servers.push(second);
    await second.origin;
    // The lease of the killed server would end half a minute later.
    await store.updateTable('webhook_delivery').set({ nextAt: 1 }).execute();
    const [, again] = await receiver.messages(2);
    expect(again).toMatchObject({ id: lost?.id, text: lost?.text, data: { callId } });
  } finally {
    for (const server of servers) await server.end();
    await store.destroy();
    await receiver.close();
    await database.close();
  }
});
